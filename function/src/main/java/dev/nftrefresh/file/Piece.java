package dev.nftrefresh.file;

import dev.nftrefresh.update.TextBegin;

/** A part of a file that should hold one token, not yet looked into. */
sealed interface Piece {
    Place place();

    /** The bytes of {@code bytes} from {@code from} up to but not including {@code to}; they will not change. */
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(Place place, byte[] bytes, int from, int to, TextBegin begin) implements Piece {}

    /** A CSV record, and what its cells are. */
    record Row(Whole text, CsvHeader header) implements Piece {
        @Override
        public Place place() {
            return text.place();
        }
    }

    /** One of more than {@link Window#MAX_PIECE} bytes, of which only the first are kept. */
    @SuppressWarnings("ArrayRecordComponent")
    record TooLong(Place place, byte[] head) implements Piece {}
}
