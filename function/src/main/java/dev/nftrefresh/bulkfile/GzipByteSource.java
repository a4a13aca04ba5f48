package dev.nftrefresh.bulkfile;

import java.io.Closeable;
import java.io.IOException;
import java.util.zip.Inflater;

/** The bytes of a gzip, which an inflater takes without knowing how many it needs. */
final class GzipByteSource implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final CountingInputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    GzipByteSource(CountingInputStream in) {
        this.in = in;
    }

    /** Whether all bytes were taken; reads more if needed. */
    boolean atEnd() throws IOException {
        while (at == end) {
            int read = in.read(buffer, 0, buffer.length);
            if (read < 0) {
                return true;
            }
            at = 0;
            end = read;
        }
        return false;
    }

    /** Takes zeros; returns whether there was nothing else. */
    boolean onlyZeros() throws IOException {
        while (!atEnd()) {
            if (buffer[at] != 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** Gives all available bytes to the inflater; false if there are none. */
    boolean giveTo(Inflater inflater) throws IOException {
        if (atEnd()) {
            return false;
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
        return true;
    }

    /** Takes back the last so many bytes, which the inflater did not need. */
    void takeBack(int bytes) {
        at = end - bytes;
    }

    /** How many bytes were taken so far. */
    long taken() {
        return in.count() - (end - at);
    }

    int oneByte() throws IOException {
        if (atEnd()) {
            throw new BrokenContentException("the gzip is cut off; compress and upload the file again");
        }
        return buffer[at++] & 0xFF;
    }

    int twoBytes() throws IOException {
        return oneByte() | oneByte() << 8;
    }

    long fourBytes() throws IOException {
        return twoBytes() | (long) twoBytes() << 16;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
