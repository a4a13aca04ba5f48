package dev.nftrefresh.file;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.JsonText;
import dev.nftrefresh.update.LoneToken;
import dev.nftrefresh.update.LoneTokenReader;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** Makes of a piece of a file what the caller gets. */
final class PieceReader {
    private final BulkFormat format;
    private final LoneTokenReader tokens;

    PieceReader(BulkFormat format, CollectionId collection, Instant exportedAt) {
        this.format = format;
        this.tokens = new LoneTokenReader(collection, exportedAt);
    }

    FileElement read(Piece piece) {
        return switch (piece) {
            case Piece.Whole whole -> {
                Rejection noText = NotUtf8.rejection(whole, name(whole.place()));
                yield noText == null ? json(whole) : refused(whole, noText, "?");
            }
            case Piece.Row(Piece.Whole text, CsvHeader header) -> {
                Rejection noText = NotUtf8.rejection(text, name(text.place()));
                yield noText == null ? row(text, header) : refused(text, noText, "?");
            }
            case Piece.TooLong(Place place, byte[] head) -> new FileElement.Refused(place, tooLarge(place), "?", head);
        };
    }

    private Rejection tooLarge(Place place) {
        return new Rejection(
                RejectReason.TOKEN_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The token (%s) has more than %,d bytes, so the rest of it was not read: a token has 16 KiB.",
                        name(place),
                        Window.MAX_PIECE));
    }

    private FileElement json(Piece.Whole piece) {
        return element(piece, tokens.read(piece.bytes(), piece.from(), piece.to(), name(piece.place()), piece.begin()));
    }

    private FileElement row(Piece.Whole piece, CsvHeader header) {
        String name = name(piece.place());
        CsvCells cells = CsvCells.of(piece);
        if (cells.fault() != null) {
            return refused(
                    piece,
                    new Rejection(
                            RejectReason.MALFORMED_JSON,
                            "The token (%s) cannot be read as CSV: %s.".formatted(name, cells.fault())),
                    "?");
        }
        if (cells.cells().size() != header.names().size()) {
            return refused(
                    piece,
                    new Rejection(
                            RejectReason.INVALID_TOKEN,
                            "The token (%s) is refused: it has %d cells, but the header has %d."
                                    .formatted(
                                            name,
                                            cells.cells().size(),
                                            header.names().size())),
                    "?");
        }
        String attributes = header.value("attributes", cells.cells());
        String noJson = attributes == null ? null : JsonText.fault(attributes.getBytes(StandardCharsets.UTF_8));
        if (noJson != null) {
            return refused(
                    piece,
                    new Rejection(
                            RejectReason.MALFORMED_JSON,
                            "The token (%s) is refused: its cell attributes, taken alone, is not JSON: %s."
                                    .formatted(name, noJson)),
                    "?");
        }
        byte[] text = RowText.of(header, cells.cells());
        return element(piece, tokens.read(text, 0, text.length, name, piece.begin()));
    }

    private static FileElement element(Piece.Whole piece, LoneToken token) {
        return switch (token) {
            case LoneToken.Valid(var key, var updatedAt, var json) ->
                new FileElement.Token(piece.place(), key, updatedAt, json);
            case LoneToken.Invalid(Rejection rejection, String tokenId) -> refused(piece, rejection, tokenId);
        };
    }

    private static FileElement refused(Piece.Whole piece, Rejection rejection, String tokenId) {
        byte[] content = Content.head(piece.bytes(), piece.from(), piece.to());
        return new FileElement.Refused(piece.place(), rejection, tokenId, content);
    }

    /** Of an array, which may stand in one line, the line alone would not say which element it is. */
    private String name(Place place) {
        String line = "line " + place.line();
        return format == BulkFormat.JSON ? line + ", element " + place.element() : line;
    }
}
