package dev.nftrefresh.bulkload;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads an object's bytes to its end. S3 closes connections that are read slowly, as a long file's is: then the rest is
 * opened again. A premature end counts as a closed connection too, because the lines after it would be lost silently.
 */
final class ResumingObjectInputStream extends InputStream {
    /** Closed connections in a row, without a byte in between. */
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
