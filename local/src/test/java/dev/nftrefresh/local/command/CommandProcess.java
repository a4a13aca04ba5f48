package dev.nftrefresh.local.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command as a process of its own, which can be interrupted and has ports of its own. */
final class CommandProcess implements AutoCloseable {
    private static final String LISTENS = "0A";

    private final Process process;
    private final BufferedReader out;

    private CommandProcess(Process process) {
        this.process = process;
        out = process.inputReader();
    }

    static CommandProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start());
    }

    /** Its next lines of so many variables, by their names. */
    Map<String, String> readVariables(int count) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String[] parts = String.valueOf(out.readLine()).split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return variables;
    }

    /** The next line that it prints. */
    String readLine() throws IOException {
        return String.valueOf(out.readLine());
    }

    /** All that it prints until it ends. */
    String rest() throws IOException {
        return out.readAllAsString();
    }

    /** Tells it to end; the exit status, which comes when all is written. */
    int terminate() throws InterruptedException {
        // Not the process itself, which would close what it prints meanwhile.
        process.toHandle().destroy();
        return exitStatus();
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The command did not end within a minute.");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** On which ports it listens now, as Linux says. */
    Set<Integer> ports() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    sockets.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/net/" + table))) {
                String[] columns = line.strip().split(" +", -1);
                if (columns[3].equals(LISTENS) && sockets.contains("socket:[" + columns[9] + "]")) {
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].lastIndexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
