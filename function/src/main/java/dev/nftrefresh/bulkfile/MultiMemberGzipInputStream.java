package dev.nftrefresh.bulkfile;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a gzip of any number of members (RFC 1952). The JDK's own stream ends after a member if the stream below
 * it reports nothing {@link InputStream#available}, as one from the network may at any time.
 */
final class MultiMemberGzipInputStream extends InputStream {
    private static final String AGAIN = "; compress and upload the file again";
    /** The bytes that a checksum covers were returned before it could be checked. */
    private static final String READ_BEFORE =
            ", and what was read before may be damaged too; make the file again and upload it again";

    private final GzipByteSource packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 check = new CRC32();
    private final DecompressionLimit limit;
    private long unpacked;
    private boolean inMember;
    /** Whether a member was read to its end. */
    private boolean whole;

    private boolean followed;
    private boolean ended;
    private @Nullable BrokenContentException damage;

    MultiMemberGzipInputStream(CountingInputStream in) {
        this(in, DecompressionLimit.OF_A_FILE);
    }

    /** With a limit of its own, for tests. */
    MultiMemberGzipInputStream(CountingInputStream in, DecompressionLimit limit) {
        this.packed = new GzipByteSource(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Returns all bytes before a fault, and only then throws it. */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (inMember) {
            limit.check(unpacked, packed.taken() - inflater.getRemaining());
        }
        while (!ended) {
            if (!inMember) {
                beginMember();
            } else if (inflater.finished()) {
                endMember();
            } else {
                int read = inflate(target, from, length);
                if (read > 0 || length == 0) {
                    return read;
                }
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int from, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        int read = written(target, from, length);
        // Only now: the inflater may have taken all its input and still hold output.
        if (read == 0 && damage == null && inflater.needsInput() && !inflater.finished() && !packed.giveTo(inflater)) {
            throw new BrokenContentException("the gzip is cut off" + AGAIN);
        }
        check.update(target, from, read);
        unpacked += read;
        return read;
    }

    private int written(byte[] target, int from, int length) {
        long before = inflater.getBytesWritten();
        try {
            inflater.inflate(target, from, length);
        } catch (DataFormatException e) {
            damage = new BrokenContentException("the gzip is damaged (" + e.getMessage() + ")" + READ_BEFORE);
        }
        return (int) (inflater.getBytesWritten() - before);
    }

    private void beginMember() throws IOException {
        if (packed.atEnd()) {
            ended = true;
            return;
        }
        int first = packed.oneByte();
        if (GzipHeader.skip(first, packed)) {
            inflater.reset();
            check.reset();
            inMember = true;
        } else if (whole) {
            // Zeros pad the last block of a tape or a disk, and gzip ignores them too.
            followed = first != 0 || !packed.onlyZeros();
            ended = true;
        } else {
            throw new BrokenContentException("it is not a gzip, although its name ends in .gz; compress it with gzip");
        }
    }

    private void endMember() throws IOException {
        packed.takeBack(inflater.getRemaining());
        if (packed.fourBytes() != check.getValue()
                || packed.fourBytes() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new BrokenContentException(
                    "the gzip is damaged (its checksum or length does not match)" + READ_BEFORE);
        }
        inMember = false;
        whole = true;
    }

    /** After the end: whether a complete gzip is followed by something that is no gzip. */
    boolean isFollowed() {
        return followed;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
