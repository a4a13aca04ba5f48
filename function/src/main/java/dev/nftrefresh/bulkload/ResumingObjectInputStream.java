package dev.nftrefresh.bulkload;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An object's bytes to its very end. S3 cuts connections that are read slowly, and a long file is: then the rest is opened
 * anew. An end that comes too early is a cut too, because the lines behind it would be lost in silence.
 */
final class ResumingObjectInputStream extends InputStream {
    /** Cuts in a row, with not one byte between them. */
    private static final int MAX_CUTS_IN_A_ROW = 3;

    private final ObjectStore store;
    private final ObjectVersionId id;
    private final long size;
    private final InstantSource clock;
    private final Instant stop;
    private InputStream current;
    private long position;
    private int cuts;

    /**
     * The bytes of an object that was opened.
     *
     * @param from where it was opened
     * @param stop when reading is to end with {@link OutOfTimeException}
     */
    ResumingObjectInputStream(
            ObjectStore store, ObjectVersionId id, StoredObject opened, long from, InstantSource clock, Instant stop) {
        this.store = store;
        this.id = id;
        this.size = opened.size();
        this.current = opened.content();
        this.position = from;
        this.clock = clock;
        this.stop = stop;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (!clock.instant().isBefore(stop)) {
            throw new OutOfTimeException();
        }
        while (true) {
            try {
                int read = current.read(target, from, length);
                if (read >= 0 || position >= size) {
                    position += Math.max(0, read);
                    cuts = read > 0 ? 0 : cuts;
                    return read;
                }
                throw new IOException("it ended before its %d bytes were read".formatted(size));
            } catch (IOException e) {
                openAgain(e);
            }
        }
    }

    private void openAgain(IOException cut) throws IOException {
        cuts++;
        StoredObject rest = cuts > MAX_CUTS_IN_A_ROW ? null : store.open(id, position);
        if (rest == null) {
            throw new ServiceUnavailableException(
                    "%s broke off at byte %d: %s".formatted(id, position, cut.getMessage()), cut);
        }
        current.close();
        current = rest.content();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
