package dev.nftrefresh.local.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs commands as a shell would, and keeps what they print. */
final class TestTerminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The exit status. */
    int execute(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
