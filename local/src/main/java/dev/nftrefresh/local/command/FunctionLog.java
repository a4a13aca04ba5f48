package dev.nftrefresh.local.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the function's JSON log lines go: all to a file, and those that need attention to the terminal, if asked for. */
final class FunctionLog extends OutputStream {
    private static final Pattern NEEDS_ATTENTION = Pattern.compile("\"level\"\\s*:\\s*\"(WARN|ERROR)\"");

    private final OutputStream file;
    private final @Nullable PrintWriter terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private FunctionLog(OutputStream file, @Nullable PrintWriter terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    static PrintStream open(@Nullable Path file, @Nullable PrintWriter terminal) throws IOException {
        OutputStream target = file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file);
        return new PrintStream(new FunctionLog(target, terminal), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
        if (terminal == null) {
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                show(terminal);
            } else {
                line.write(bytes[i]);
            }
        }
    }

    private void show(PrintWriter out) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (NEEDS_ATTENTION.matcher(text).find()) {
            out.println(TerminalText.json(text));
            out.flush();
        }
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
