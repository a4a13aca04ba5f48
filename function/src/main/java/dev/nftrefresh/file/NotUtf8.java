package dev.nftrefresh.file;

import dev.nftrefresh.update.LoneToken;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TextBegin;
import org.jspecify.annotations.Nullable;

/** The refusal of a piece that holds bytes which are no text. */
final class NotUtf8 {
    private NotUtf8() {}

    static @Nullable LoneToken refusal(Piece.Whole piece, String name) {
        int bad = Utf8.firstInvalid(piece.bytes(), piece.from(), piece.to());
        if (bad < 0) {
            return null;
        }
        TextBegin where = at(piece, bad);
        String detail = "The token (%s) is not UTF-8: byte 0x%02X is not valid at line %d, column %d (in bytes)."
                .formatted(name, piece.bytes()[bad] & 0xFF, where.line(), where.column());
        return new LoneToken.Invalid(new Rejection(RejectReason.MALFORMED_JSON, detail), "?");
    }

    private static TextBegin at(Piece.Whole piece, int index) {
        long line = piece.begin().line();
        long column = piece.begin().column();
        for (int i = piece.from(); i < index; i++) {
            if (piece.bytes()[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new TextBegin(line, column);
    }
}
