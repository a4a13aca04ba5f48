package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.SingleTokenReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bulk file that is being read, element by element, with the checks of a queue message's tokens. It holds a few MiB
 * of the file, however long the file or one of its lines is. For one thread.
 */
public final class BulkFileReader implements Closeable {
    /** What is wrong with a file in which there is no element at all. */
    public static final String EMPTY = "The file has no tokens; check that it was exported whole.";

    private static final String FOLLOWED =
            "There is something after the end of the gzip that is not a gzip: all tokens before it were read; "
                    + "if there should be more, compress and upload the file again.";
    /** Perhaps it is where the rest of what is broken should be. */
    private static final String UNREAD_REST = " (there is something after the end of the gzip that is not a gzip)";

    private final CountingInputStream raw;
    private final InputStream unpacked;
    private final FileReadBuffer buffer;
    private final ElementSplitter splitter;
    private final ElementReader reader;
    private final ElementPosition after;
    /** The number of the last element that was read. */
    private long read;

    private @Nullable IOException failure;
    private boolean begun;
    private boolean ended;

    private BulkFileReader(
            InputStream in,
            BulkFileFormat format,
            boolean gzip,
            CollectionId collection,
            Instant uploadedAt,
            ElementPosition after) {
        this.after = after;
        raw = new CountingInputStream(in);
        unpacked = gzip ? new MultiMemberGzipInputStream(raw) : raw;
        boolean fromTheMiddle = startsAtOffset(format, gzip);
        ElementPosition before = fromTheMiddle ? after : ElementPosition.START;
        begun = before.offset() > 0;
        read = before.element();
        buffer = new FileReadBuffer(unpacked, before);
        reader = new ElementReader(format, new SingleTokenReader(collection, uploadedAt));
        splitter = switch (format) {
            case NDJSON -> new NdjsonLineSplitter(buffer, before);
            case JSON -> new JsonArraySplitter(buffer);
            case CSV -> new CsvRecordSplitter(buffer);
        };
    }

    /**
     * Whether reading after a place takes a stream that begins at {@link ElementPosition#offset()}. Only of plain NDJSON: what is
     * packed, or stands inside an array, or has a header, can only be read from its start.
     */
    public static boolean startsAtOffset(BulkFileFormat format, boolean gzip) {
        return format == BulkFileFormat.NDJSON && !gzip;
    }

    /**
     * Opens a file; nothing is read yet.
     *
     * @param in the file's bytes from its start, closed together with this
     * @param uploadedAt when the file was uploaded: an {@code updated_at} more than 5 minutes later is refused
     */
    public static BulkFileReader open(
            InputStream in, BulkFileFormat format, boolean gzip, CollectionId collection, Instant uploadedAt) {
        return open(in, format, gzip, collection, uploadedAt, ElementPosition.START);
    }

    /**
     * Opens a file to read on where an earlier reading stopped.
     *
     * @param in the file's bytes: from {@code after.offset()} where {@link #startsAtOffset}, else from its start
     * @param after the place of the last element that is not to be given out again
     */
    public static BulkFileReader open(
            InputStream in,
            BulkFileFormat format,
            boolean gzip,
            CollectionId collection,
            Instant uploadedAt,
            ElementPosition after) {
        return new BulkFileReader(in, format, gzip, collection, uploadedAt, after);
    }

    /**
     * The next element, or null at the end of the file; a file without tokens has none.
     *
     * @throws IOException if the stream fails, and then again whenever it is asked for more: half an element may be lost,
     *     so that the file has to be opened again
     */
    public @Nullable BulkFileElement next() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return null;
        }
        try {
            RawElement rawElement = nextRawElement();
            return rawElement == null ? end() : reader.read(rawElement);
        } catch (BrokenContentException broken) {
            ended = true;
            ElementPosition here = buffer.here(read + 1);
            return new BulkFileElement.UnreadableRest(here, brokenFrom(here.line(), broken.clause()));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private @Nullable BulkFileElement end() {
        ended = true;
        return isFollowed() ? new BulkFileElement.UnreadableRest(buffer.here(read + 1), FOLLOWED) : null;
    }

    private String brokenFrom(long line, String clause) {
        return "From line %d on the file cannot be read: %s%s."
                .formatted(line, clause, isFollowed() ? UNREAD_REST : "");
    }

    private boolean isFollowed() {
        return unpacked instanceof MultiMemberGzipInputStream gzip && gzip.isFollowed();
    }

    private @Nullable RawElement nextRawElement() throws IOException {
        if (!begun) {
            begun = true;
            buffer.skipByteOrderMark();
        }
        RawElement rawElement;
        do {
            rawElement = splitter.next();
            if (rawElement instanceof RawElement.CsvRow && isFollowed() && !buffer.isBehindLineEnd()) {
                throw new BrokenContentException(
                        "nothing says whether the record that begins there is whole; compress and upload the file again");
            }
            read = rawElement == null ? read : rawElement.position().element();
        } while (rawElement != null && read <= after.element());
        return rawElement;
    }

    /** How many bytes of the given stream were read, for progress: of a packed file, packed ones. */
    public long bytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }
}
