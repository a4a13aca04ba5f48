package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that is being read. Pieces are stretches of its array, which is never written to again once a piece
 * was given out: a new array takes its place, so that pieces need not be copied and live as long as somebody holds them.
 */
final class FileReadBuffer {
    /**
     * Bytes of one line, record or element. No token is over 16 KiB, but white space may be dropped from it; what a
     * queue message could not hold either, which SQS bounds at 1 MiB, is not worth keeping.
     */
    static final int MAX_PIECE = 1024 * 1024;

    /** What is read at once: large against a piece, small against the memory of a function. */
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
    /** What a piece begins with that is too long to be kept. */
    private byte @Nullable [] head;
    /** Whether all of such a piece that is in the array no more was white space. */
    private boolean blank;

    private long line;
    private long lineStart;
    private SourcePosition begin = new SourcePosition(1, 1);

    /** Reads a stream that begins at a place of the file. */
    FileReadBuffer(InputStream in, ElementPosition after) {
        this.in = in;
        this.base = after.offset();
        this.lineStart = after.offset();
        this.line = after.line() + 1;
    }

    /** At the start of a file, skips the mark that some editors put there, and says if it is something else altogether. */
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

    /** Goes behind white space between pieces; false if the file ends there. */
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
     * Whether there is a byte to look at; reads on if need be.
     *
     * @throws BrokenContentException if there is none because the rest cannot be unpacked
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
            makeRoom();
        }
        try {
            int read = in.read(bytes, end, bytes.length - end);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
            }
        } catch (BrokenContentException broken) {
            // What was unpacked before comes first.
            fault = broken;
            ended = true;
        }
    }

    private void makeRoom() {
        int kept = end - start;
        // One byte more may be the CR of a line's end, which is not the line's.
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
            // Earlier pieces are in the old array; the new one holds nothing but what is let go, and may be used again.
            bytes = new byte[CHUNK];
        }
        base += end;
        start = 0;
        at = 0;
        end = 0;
    }

    /** The piece from where it began up to {@code pieceEnd}, an index of the array. */
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

    /** Where reading stands, at the line in which the piece began that it stands in. */
    ElementPosition here(long element) {
        return new ElementPosition(begin.line(), element, offset());
    }

    byte[] bytes() {
        return bytes;
    }

    /** The index of the piece's first byte, of those that were kept. */
    int start() {
        return start;
    }

    /** The index of the next byte. */
    int at() {
        return at;
    }

    /** Whether what was read last is the end of a line. */
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
