package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that is being read. Pieces are ranges of its array, which is never written to again once a piece
 * was returned: a new array replaces it, so that pieces need no copy and stay valid for as long as they are
 * referenced.
 */
final class FileReadBuffer {
    /**
     * The most bytes of one line, record or element. No token is over 16 KiB, but white space may be removed from it; a
     * piece that even a queue message could not hold, which SQS limits to 1 MiB, is not worth keeping.
     */
    static final int MAX_PIECE = 1024 * 1024;

    /** How much is read at once: large compared to a piece, small compared to a function's memory. */
    private static final int CHUNK = 256 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[CHUNK];
    private int start;
    private int at;
    private int end;
    private boolean ended;
    private @Nullable BrokenContentException fault;

    /** Where in the file the array begins. */
    private long base;
    /** The beginning of a piece that is too long to be kept. */
    private byte @Nullable [] head;
    /** Whether the part of such a piece that was dropped from the array was all white space. */
    private boolean blank;

    private long line;
    private long lineStart;
    private SourcePosition begin = new SourcePosition(1, 1);

    /** Reads a stream that begins at a position of the file. */
    FileReadBuffer(InputStream in, ElementPosition after) {
        this.in = in;
        this.base = after.offset();
        this.lineStart = after.offset();
        this.line = after.line() + 1;
    }

    /** At the start of a file, skips a byte order mark, and fails if it is a different kind of file. */
    void skipByteOrderMark() throws IOException {
        while (end < FileSignature.LENGTH && !ended) {
            fill();
        }
        if (FileSignature.isUtf8ByteOrderMark(bytes, end)) {
            at = FileSignature.LENGTH;
            lineStart = at;
        }
        String otherwise = FileSignature.fault(bytes, end);
        if (otherwise != null) {
            throw new BrokenContentException(otherwise);
        }
    }

    /** A piece begins here. */
    void begin() {
        start = at;
        head = null;
        begin = new SourcePosition(line, offset() - lineStart + 1);
    }

    /** Skips white space between pieces; false if the file ends there. */
    boolean skipWhitespace() throws IOException {
        while (more()) {
            int i = at;
            while (i < end && JsonWhitespace.is(bytes[i])) {
                if (bytes[i] == '\n') {
                    lineEndedBefore(i + 1);
                }
                i++;
            }
            at = i;
            begin();
            if (at < end) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether there is a byte to read; reads more if needed.
     *
     * @throws BrokenContentException if there is none because the rest cannot be decompressed
     */
    boolean more() throws IOException {
        while (at == end) {
            if (fault != null) {
                throw fault;
            }
            if (ended) {
                return false;
            }
            fill();
        }
        return true;
    }

    private void fill() throws IOException {
        if (end == bytes.length) {
            makeSpace();
        }
        try {
            int read = in.read(bytes, end, bytes.length - end);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
            }
        } catch (BrokenContentException broken) {
            // What was decompressed before the fault comes first.
            fault = broken;
            ended = true;
        }
    }

    private void makeSpace() {
        int kept = end - start;
        // One more byte may be the CR of a line's end, which is not part of the line.
        if (head != null || kept > MAX_PIECE + 1) {
            discardConsumed();
            return;
        }
        byte[] next = new byte[kept <= CHUNK / 2 ? CHUNK : 2 * kept];
        System.arraycopy(bytes, start, next, 0, kept);
        bytes = next;
        base += start;
        at -= start;
        start = 0;
        end = kept;
    }

    private void discardConsumed() {
        blank = isBlank(end);
        if (head == null) {
            head = ContentExcerpt.head(bytes, start, end);
            // Earlier pieces are in the old array; the new one holds only dropped bytes, and may be used again.
            bytes = new byte[CHUNK];
        }
        base += end;
        start = 0;
        at = 0;
        end = 0;
    }

    /** The piece from its beginning up to {@code pieceEnd}, an index of the array. */
    RawElement rawElement(long element, int pieceEnd) {
        var position = new ElementPosition(begin.line(), element, offset());
        if (head != null) {
            return new RawElement.TooLong(position, head);
        }
        if (pieceEnd - start > MAX_PIECE) {
            return new RawElement.TooLong(position, ContentExcerpt.head(bytes, start, pieceEnd));
        }
        return new RawElement.RawText(position, bytes, start, pieceEnd, begin);
    }

    /** Whether all that was read since the piece began, up to {@code pieceEnd}, is white space. */
    boolean isBlank(int pieceEnd) {
        return (head == null || blank) && JsonWhitespace.only(bytes, start, pieceEnd);
    }

    /** The current position, with the line in which the current piece began. */
    ElementPosition here(long element) {
        return new ElementPosition(begin.line(), element, offset());
    }

    byte[] bytes() {
        return bytes;
    }

    /** The index of the piece's first kept byte. */
    int start() {
        return start;
    }

    /** The index of the next byte. */
    int at() {
        return at;
    }

    /** Whether the last byte that was read is the end of a line. */
    boolean isBehindLineEnd() {
        return at > 0 && bytes[at - 1] == '\n';
    }

    /** The index after the last byte that was read. */
    int limit() {
        return end;
    }

    void moveTo(int index) {
        at = index;
    }

    /** A line ended just before this index. */
    void lineEndedBefore(int index) {
        line++;
        lineStart = base + index;
    }

    private long offset() {
        return base + at;
    }
}
