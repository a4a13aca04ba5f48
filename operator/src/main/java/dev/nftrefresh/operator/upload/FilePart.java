package dev.nftrefresh.operator.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stretch of a file. */
final class FilePart extends FilterInputStream {
    private long left;

    FilePart(Path file, long from, long bytes) {
        super(open(file, from));
        left = bytes;
    }

    private static InputStream open(Path file, long from) {
        try {
            InputStream content = Files.newInputStream(file);
            content.skipNBytes(from);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (left == 0 && length > 0) {
            return -1;
        }
        int read = super.read(target, from, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
