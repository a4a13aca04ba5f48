package dev.nftrefresh.bulkfile;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** Streams that behave as those from a network may. */
final class NetworkStreams {
    private NetworkStreams() {}

    /** One that gives at most so many bytes at once, and says that nothing is available. */
    static InputStream trickling(byte[] content, int atOnce) {
        return new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return super.read(target, from, Math.min(length, atOnce));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }

    /** One that gives any number of bytes at once, from 1 to so many. */
    static InputStream uneven(byte[] content, int timeout, long seed) {
        var random = new Random(seed);
        return new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return super.read(target, from, Math.min(length, 1 + random.nextInt(timeout)));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }

    /** One that fails after so many bytes. */
    static InputStream failing(byte[] content, int after) {
        return new FilterInputStream(new ByteArrayInputStream(content, 0, after)) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int read = super.read(target, from, length);
                if (read < 0) {
                    throw new IOException("The connection was cut.");
                }
                return read;
            }
        };
    }

    /** One that gives a byte again and again. */
    static InputStream repeating(byte b, long times) {
        return new InputStream() {
            private long left = times;

            @Override
            public int read() {
                return left-- > 0 ? b : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(left, length);
                Arrays.fill(target, from, from + read, b);
                left -= read;
                return read;
            }
        };
    }
}
