package dev.nftrefresh.local.command;

import dev.nftrefresh.operator.TerminalSafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the function's JSON log lines go: all to a file, those that need attention to whoever asked for them, and all to
 * {@link LastApiResponse}.
 */
final class FunctionLogStream extends OutputStream {
    private static final Pattern NEEDS_ATTENTION = Pattern.compile("\"level\"\\s*:\\s*\"(WARN|ERROR)\"");

    private final OutputStream file;
    private final LastApiResponse answers;
    private final @Nullable Consumer<String> attention;
    private final LineBuffer line = new LineBuffer();

    private FunctionLogStream(OutputStream file, LastApiResponse answers, @Nullable Consumer<String> attention) {
        this.file = file;
        this.answers = answers;
        this.attention = attention;
    }

    /** The bytes of a line so far, which may be read without a copy. */
    private static final class LineBuffer extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }

    /**
     * Opens the log.
     *
     * @param file for all lines; null for none
     * @param attention gets the lines that need attention; null if nobody asked for them
     */
    static PrintStream open(@Nullable Path file, LastApiResponse answers, @Nullable Consumer<String> attention)
            throws IOException {
        OutputStream target = file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file);
        return new PrintStream(new FunctionLogStream(target, answers, attention), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, from, i - from);
                from = i + 1;
                endLine();
            }
        }
        line.write(bytes, from, offset + length - from);
        // Last, as a full disk is no reason not to know how the run goes.
        file.write(bytes, offset, length);
    }

    private void endLine() {
        answers.read(line.bytes(), line.size());
        if (attention != null) {
            String text = line.toString(StandardCharsets.UTF_8);
            if (NEEDS_ATTENTION.matcher(text).find()) {
                attention.accept(TerminalSafeText.json(text));
            }
        }
        line.reset();
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
