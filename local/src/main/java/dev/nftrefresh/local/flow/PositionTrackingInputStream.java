package dev.nftrefresh.local.flow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Says while it is read how far that is. */
final class PositionTrackingInputStream extends FilterInputStream {
    private final AtomicLong position;

    PositionTrackingInputStream(InputStream in, AtomicLong position) {
        super(in);
        this.position = position;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            position.incrementAndGet();
        }
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            position.addAndGet(read);
        }
        return read;
    }
}
