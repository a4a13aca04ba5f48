package dev.nftrefresh.file;

import dev.nftrefresh.update.LoneToken;
import dev.nftrefresh.update.LoneTokenReader;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.util.Locale;

/** Makes of a piece of a file what the caller gets. */
final class PieceReader {
    private final BulkFormat format;
    private final LoneTokenReader tokens;
    private final RowReader rows;

    PieceReader(BulkFormat format, LoneTokenReader tokens) {
        this.format = format;
        this.tokens = tokens;
        this.rows = new RowReader(tokens);
    }

    FileElement read(Piece piece) {
        String name = name(piece.place());
        return switch (piece) {
            case Piece.Whole whole -> element(whole, token(whole, name), name);
            case Piece.Row row -> element(row.text(), rows.read(row, name), name);
            case Piece.TooLong(Place place, byte[] head) ->
                new FileElement.Refused(place, tooLong(place, name), "?", head);
        };
    }

    private LoneToken token(Piece.Whole piece, String name) {
        LoneToken noText = NotUtf8.refusal(piece, name);
        return noText != null ? noText : tokens.read(piece.bytes(), piece.from(), piece.to(), name, piece.begin());
    }

    private static FileElement element(Piece.Whole piece, LoneToken read, String name) {
        LoneToken token = read instanceof LoneToken.Valid valid ? HeldToken.of(valid, name) : read;
        return switch (token) {
            case LoneToken.Valid(var key, var updatedAt, var json) ->
                new FileElement.Token(piece.place(), key, updatedAt, json);
            case LoneToken.Invalid(Rejection rejection, String tokenId) -> {
                byte[] content = Content.head(piece.bytes(), piece.from(), piece.to());
                yield new FileElement.Refused(piece.place(), rejection, tokenId, content);
            }
        };
    }

    private Rejection tooLong(Place place, String name) {
        return new Rejection(
                RejectReason.TOKEN_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The token (%s) has more than %,d bytes, so the rest of it was not read: a token has 16 KiB%s.",
                        name,
                        Window.MAX_PIECE,
                        format == BulkFormat.CSV ? openCell(place) : ""));
    }

    /** A cell that is not closed takes in all lines up to the next quotation mark. */
    private static String openCell(Place record) {
        return "; perhaps a quotation mark is missing that ends a cell of the record that begins in line "
                + record.line();
    }

    /** Of an array, which may stand in one line, the line alone would not say which element it is. */
    private String name(Place place) {
        String line = "line " + place.line();
        return format == BulkFormat.JSON ? line + ", element " + place.element() : line;
    }
}
