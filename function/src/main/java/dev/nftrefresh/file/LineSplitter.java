package dev.nftrefresh.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A piece a line; what is only white space is a line, but no piece. */
final class LineSplitter implements Splitter {
    private final Window window;
    private long element;

    LineSplitter(Window window, Place after) {
        this.window = window;
        this.element = after.element() + 1;
    }

    @Override
    public @Nullable Piece next() throws IOException {
        window.begin();
        while (window.more()) {
            boolean terminated = passLine();
            int end = LineEnd.without(window, terminated);
            Piece piece = window.isBlank(end) ? null : window.piece(element, end);
            if (terminated) {
                window.lineEndedBefore(window.at());
            }
            if (piece != null) {
                element++;
                return piece;
            }
            window.begin();
        }
        return null;
    }

    /** Goes behind the line's end, or to the end of the file. */
    private boolean passLine() throws IOException {
        do {
            int lineFeed = Bytes.indexOf(window.bytes(), (byte) '\n', window.at(), window.limit());
            if (lineFeed >= 0) {
                window.moveTo(lineFeed + 1);
                return true;
            }
            window.moveTo(window.limit());
        } while (window.more());
        return false;
    }
}
