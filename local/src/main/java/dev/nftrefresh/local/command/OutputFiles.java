package dev.nftrefresh.local.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The files that a command writes, and reads, each by the option that names it. They are looked at before anything is sent. */
final class OutputFiles {
    private final CommandSpec command;
    private final Map<Path, String> names = new LinkedHashMap<>();

    OutputFiles(CommandSpec command) {
        this.command = command;
    }

    /** This file is read, so that nothing may be written there. */
    void reads(String name, @Nullable Path input) {
        if (input != null) {
            names.put(real(input), name);
        }
    }

    /** Refuses the command line unless this file can be written; changes nothing in it. */
    void check(String option, @Nullable Path output) {
        if (output == null) {
            return;
        }
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || folder == null || !Files.isDirectory(folder)) {
            throw wrong(option + " must be a file in a folder that exists, not " + output + ".");
        }
        // Two outputs may both go to a terminal or a pipe, but not over each other.
        String other = isSpecial(output) ? null : names.put(real(output), option);
        if (other != null) {
            throw wrong("%s and %s name the same file, %s; name another one.".formatted(other, option, output));
        }
        tryToWrite(option, output);
    }

    private void tryToWrite(String option, Path output) {
        // Opening a pipe would wait for its reader, and closing it would end it.
        if (isSpecial(output)) {
            if (!Files.isWritable(output)) {
                throw wrong(option + " cannot be written to " + output + ": permission denied.");
            }
            return;
        }
        boolean existed = Files.exists(output);
        try {
            Files.newOutputStream(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!existed) {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw wrong(option + " cannot be written to " + output + ": " + why(e) + ".");
        }
    }

    /** A device or a pipe. */
    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** What the system says of a file that cannot be read or written, without the file's name. */
    static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException system
            when system.getReason() != null -> system.getReason().toLowerCase(Locale.ROOT);
            default -> String.valueOf(e.getMessage());
        };
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
