package dev.nftrefresh.local.flow;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads lines that end with a line feed, and holds no more of a line than a message may have. */
final class MessageLineReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private long number;

    MessageLineReader(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    /** The next line, or null at the end. */
    @Nullable
    MessageLine next() throws IOException {
        var kept = new ByteArrayOutputStream();
        long bytes = 0;
        int next = in.read();
        if (next < 0) {
            return null;
        }
        boolean carriageReturn = false;
        while (next >= 0 && next != '\n') {
            bytes++;
            carriageReturn = next == '\r';
            if (bytes <= MessageLine.MAX_BYTES + 1) {
                kept.write(next);
            }
            next = in.read();
        }
        number++;
        String text = kept.toString(StandardCharsets.UTF_8);
        if (carriageReturn) {
            bytes--;
            text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return new MessageLine(number, text, bytes);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
