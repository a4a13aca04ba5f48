package dev.nftrefresh.bulkfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Splits a CSV file into records, which may span several lines if cells are quoted; the first record is the header. */
final class CsvRecordSplitter implements ElementSplitter {
    /** The state in which a byte of a record is read. */
    private enum CsvByteState {
        CELL_START,
        PLAIN_CELL,
        QUOTED_CELL,
        /** After a quotation mark in a quoted cell: its end, or half of a doubled one. */
        BEHIND_QUOTE
    }

    private static final long HEADER = -1;

    private final FileReadBuffer buffer;
    private long element = HEADER;
    private @Nullable CsvHeader header;

    CsvRecordSplitter(FileReadBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public @Nullable RawElement next() throws IOException {
        if (header == null) {
            RawElement first = record();
            if (first == null) {
                return null;
            }
            header = CsvHeader.read(first);
        }
        RawElement rawElement = record();
        return rawElement instanceof RawElement.RawText whole ? new RawElement.CsvRow(whole, header) : rawElement;
    }

    /** The next record that is not a blank line. */
    private @Nullable RawElement record() throws IOException {
        buffer.begin();
        while (buffer.more()) {
            boolean terminated = skipRecord();
            int end = LineEnding.without(buffer, terminated);
            if (!buffer.isBlank(end)) {
                return buffer.rawElement(element++, end);
            }
            buffer.begin();
        }
        return null;
    }

    private boolean skipRecord() throws IOException {
        CsvByteState in = CsvByteState.CELL_START;
        do {
            byte[] bytes = buffer.bytes();
            int limit = buffer.limit();
            for (int i = buffer.at(); i < limit; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    buffer.lineEndedBefore(i + 1);
                    if (in != CsvByteState.QUOTED_CELL) {
                        buffer.moveTo(i + 1);
                        return true;
                    }
                }
                in = after(in, b);
            }
            buffer.moveTo(limit);
        } while (buffer.more());
        if (in == CsvByteState.QUOTED_CELL) {
            throw new BrokenContentException(
                    "a quoted cell of the record that begins there is never closed; end it, and write "
                            + "quotation marks inside it twice");
        }
        return false;
    }

    private static CsvByteState after(CsvByteState in, byte b) {
        return switch (in) {
            case CELL_START ->
                b == '"' ? CsvByteState.QUOTED_CELL : b == ',' ? CsvByteState.CELL_START : CsvByteState.PLAIN_CELL;
            case PLAIN_CELL -> b == ',' ? CsvByteState.CELL_START : CsvByteState.PLAIN_CELL;
            case QUOTED_CELL -> b == '"' ? CsvByteState.BEHIND_QUOTE : CsvByteState.QUOTED_CELL;
            case BEHIND_QUOTE ->
                b == '"' ? CsvByteState.QUOTED_CELL : b == ',' ? CsvByteState.CELL_START : CsvByteState.PLAIN_CELL;
        };
    }
}
