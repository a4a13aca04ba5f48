package dev.nftrefresh.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A piece a CSV record, which may take several lines if cells are quoted; the first record is the header. */
final class RecordSplitter implements Splitter {
    /** What a byte of a record is looked at as. */
    private enum In {
        CELL_START,
        PLAIN_CELL,
        QUOTED_CELL,
        /** Behind a quotation mark in a quoted cell: its end, or half of a doubled one. */
        BEHIND_QUOTE
    }

    private static final long HEADER = -1;

    private final Window window;
    private long element = HEADER;
    private @Nullable CsvHeader header;

    RecordSplitter(Window window) {
        this.window = window;
    }

    @Override
    public @Nullable Piece next() throws IOException {
        if (header == null) {
            Piece first = record();
            if (first == null) {
                return null;
            }
            header = CsvHeader.read(first);
        }
        Piece piece = record();
        return piece instanceof Piece.Whole whole ? new Piece.Row(whole, header) : piece;
    }

    /** The next record that is not a blank line. */
    private @Nullable Piece record() throws IOException {
        window.begin();
        while (window.more()) {
            boolean terminated = passRecord();
            int end = LineEnd.without(window, terminated);
            if (!window.isBlank(end)) {
                return window.piece(element++, end);
            }
            window.begin();
        }
        return null;
    }

    private boolean passRecord() throws IOException {
        In in = In.CELL_START;
        do {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            for (int i = window.at(); i < limit; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    window.lineEndedBefore(i + 1);
                    if (in != In.QUOTED_CELL) {
                        window.moveTo(i + 1);
                        return true;
                    }
                }
                in = after(in, b);
            }
            window.moveTo(limit);
        } while (window.more());
        if (in == In.QUOTED_CELL) {
            throw new BrokenContent("a quoted cell of the record that begins there is never closed; end it, and write "
                    + "quotation marks inside it twice");
        }
        return false;
    }

    private static In after(In in, byte b) {
        return switch (in) {
            case CELL_START -> b == '"' ? In.QUOTED_CELL : b == ',' ? In.CELL_START : In.PLAIN_CELL;
            case PLAIN_CELL -> b == ',' ? In.CELL_START : In.PLAIN_CELL;
            case QUOTED_CELL -> b == '"' ? In.BEHIND_QUOTE : In.QUOTED_CELL;
            case BEHIND_QUOTE -> b == '"' ? In.QUOTED_CELL : b == ',' ? In.CELL_START : In.PLAIN_CELL;
        };
    }
}
