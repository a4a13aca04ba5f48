package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CheckedToken;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.SourcePosition;
import org.jspecify.annotations.Nullable;

/** Rejects a piece that contains bytes which are not UTF-8. */
final class InvalidUtf8Rejection {
    private InvalidUtf8Rejection() {}

    static @Nullable CheckedToken refusal(RawElement.RawText rawElement, String name) {
        int bad = Utf8Validator.firstInvalid(rawElement.bytes(), rawElement.from(), rawElement.to());
        if (bad < 0) {
            return null;
        }
        SourcePosition where = at(rawElement, bad);
        String detail = "The token (%s) is not UTF-8: byte 0x%02X is not valid at line %d, column %d (in bytes)."
                .formatted(name, rawElement.bytes()[bad] & 0xFF, where.line(), where.column());
        return new CheckedToken.Invalid(new Rejection(RejectReason.MALFORMED_JSON, detail), "?");
    }

    private static SourcePosition at(RawElement.RawText rawElement, int index) {
        long line = rawElement.begin().line();
        long column = rawElement.begin().column();
        for (int i = rawElement.from(); i < index; i++) {
            if (rawElement.bytes()[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new SourcePosition(line, column);
    }
}
