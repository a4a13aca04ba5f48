package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.SourcePosition;

/** A part of a file that should hold one token, not parsed yet. */
sealed interface RawElement {
    ElementPosition position();

    /** The bytes of {@code bytes} from {@code from} up to but not including {@code to}; they will not change. */
    @SuppressWarnings("ArrayRecordComponent")
    record RawText(ElementPosition position, byte[] bytes, int from, int to, SourcePosition begin)
            implements RawElement {}

    /** A CSV record, and its cells. */
    record CsvRow(RawText text, CsvHeader header) implements RawElement {
        @Override
        public ElementPosition position() {
            return text.position();
        }
    }

    /** An element of more than {@link FileReadBuffer#MAX_PIECE} bytes, of which only the first are kept. */
    @SuppressWarnings("ArrayRecordComponent")
    record TooLong(ElementPosition position, byte[] head) implements RawElement {}
}
