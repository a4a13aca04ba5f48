package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.SingleTokenReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bulk file element by element, with the same checks as a queue message's tokens. It holds a few MiB of the
 * file, however long the file or one of its lines is. Not thread-safe.
 */
public final class BulkFileReader implements Closeable {
    /** The fault of a file without any element. */
    public static final String EMPTY = "The file has no tokens; check that it was exported whole.";

    private static final String FOLLOWED =
            "There is something after the end of the gzip that is not a gzip: all tokens before it were read; "
                    + "if there should be more, compress and upload the file again.";
    /** It may be the place where the rest of the broken element should be. */
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
     * Whether reading can resume from a stream that begins at {@link ElementPosition#offset()}. Only for plain NDJSON:
     * a compressed file, an array or a file with a header can only be read from its start.
     */
    public static boolean startsAtOffset(BulkFileFormat format, boolean gzip) {
        return format == BulkFileFormat.NDJSON && !gzip;
    }

    /**
     * Opens a file; nothing is read yet.
     *
     * @param in the file's bytes from its start, closed together with this
     * @param uploadedAt when the file was uploaded: an {@code updated_at} more than 5 minutes later is rejected
     */
    public static BulkFileReader open(
            InputStream in, BulkFileFormat format, boolean gzip, CollectionId collection, Instant uploadedAt) {
        return open(in, format, gzip, collection, uploadedAt, ElementPosition.START);
    }

    /**
     * Opens a file to resume reading where it stopped earlier.
     *
     * @param in the file's bytes: from {@code after.offset()} if {@link #startsAtOffset}, otherwise from its start
     * @param after the position of the last element that is not to be returned again
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
     * @throws IOException if the stream fails, and on every later call: half an element may be lost, so the file must
     *     be opened again
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

    /** How many bytes of the given stream were read, for progress; for a compressed file, compressed bytes. */
    public long bytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }
}
