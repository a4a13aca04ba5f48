package dev.nftrefresh.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file of queue messages that a command is given. */
final class MessageFileCheck {
    private MessageFileCheck() {}

    /** Refuses the command line unless the file can be read. */
    static void check(CommandSpec command, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    "There is no file " + file + " to read; name one that has a queue message a line.");
        }
    }
}
