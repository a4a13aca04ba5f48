package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.ContentSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** Several sources as one stream; each is opened once the one before it was read, so that none stays open unused. */
final class ConcatenatedInputStream extends InputStream {
    private final Iterator<ContentSource> sources;
    private InputStream current = InputStream.nullInputStream();

    ConcatenatedInputStream(Iterator<ContentSource> sources) {
        this.sources = sources;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = current.read(target, from, length);
        while (read < 0 && sources.hasNext()) {
            current.close();
            current = sources.next().open();
            read = current.read(target, from, length);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
