package dev.nftrefresh.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** How an operator's command ended, and what it printed. */
record OperatorCommandResult(int status, String out, String err) {
    /** Runs it, as it would be typed. */
    static OperatorCommandResult of(CommandLine command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new OperatorCommandResult(status, out.toString(), err.toString());
    }

    JsonNode json() {
        return JsonTexts.read(out);
    }
}
