package dev.nftrefresh.bulkfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Splits NDJSON into lines; a line of only white space counts as a line, but is no piece. */
final class NdjsonLineSplitter implements ElementSplitter {
    private final FileReadBuffer buffer;
    private long element;

    NdjsonLineSplitter(FileReadBuffer buffer, ElementPosition after) {
        this.buffer = buffer;
        this.element = after.element() + 1;
    }

    @Override
    public @Nullable RawElement next() throws IOException {
        buffer.begin();
        while (buffer.more()) {
            boolean terminated = skipLine();
            int end = LineEnding.without(buffer, terminated);
            RawElement rawElement = buffer.isBlank(end) ? null : buffer.rawElement(element, end);
            if (terminated) {
                buffer.lineEndedBefore(buffer.at());
            }
            if (rawElement != null) {
                element++;
                return rawElement;
            }
            buffer.begin();
        }
        return null;
    }

    /** Reads past the line's end, or to the end of the file. */
    private boolean skipLine() throws IOException {
        do {
            int lineFeed = ByteScanner.indexOf(buffer.bytes(), (byte) '\n', buffer.at(), buffer.limit());
            if (lineFeed >= 0) {
                buffer.moveTo(lineFeed + 1);
                return true;
            }
            buffer.moveTo(buffer.limit());
        } while (buffer.more());
        return false;
    }
}
