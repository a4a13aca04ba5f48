package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CheckedToken;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.SingleTokenReader;
import java.util.Locale;

/** Turns a raw piece of a file into an element. */
final class ElementReader {
    private final BulkFileFormat format;
    private final SingleTokenReader tokens;
    private final CsvRowReader rows;

    ElementReader(BulkFileFormat format, SingleTokenReader tokens) {
        this.format = format;
        this.tokens = tokens;
        this.rows = new CsvRowReader(tokens);
    }

    BulkFileElement read(RawElement rawElement) {
        String name = name(rawElement.position());
        return switch (rawElement) {
            case RawElement.RawText whole -> element(whole, token(whole, name), name);
            case RawElement.CsvRow row -> element(row.text(), rows.read(row, name), name);
            case RawElement.TooLong(ElementPosition position, byte[] head) ->
                new BulkFileElement.RejectedElement(position, tooLong(position, name), "?", head);
        };
    }

    private CheckedToken token(RawElement.RawText rawElement, String name) {
        CheckedToken noText = InvalidUtf8Rejection.refusal(rawElement, name);
        return noText != null
                ? noText
                : tokens.read(rawElement.bytes(), rawElement.from(), rawElement.to(), name, rawElement.begin());
    }

    private static BulkFileElement element(RawElement.RawText rawElement, CheckedToken read, String name) {
        CheckedToken token = read instanceof CheckedToken.Valid valid ? SqsSafeToken.of(valid, name) : read;
        return switch (token) {
            case CheckedToken.Valid(var key, var updatedAt, var json) ->
                new BulkFileElement.ValidToken(rawElement.position(), key, updatedAt, json);
            case CheckedToken.Invalid(Rejection rejection, String tokenId) -> {
                byte[] content = ContentExcerpt.head(rawElement.bytes(), rawElement.from(), rawElement.to());
                yield new BulkFileElement.RejectedElement(rawElement.position(), rejection, tokenId, content);
            }
        };
    }

    private Rejection tooLong(ElementPosition position, String name) {
        return new Rejection(
                RejectReason.TOKEN_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The token (%s) has more than %,d bytes, so the rest of it was not read: a token has 16 KiB%s.",
                        name,
                        FileReadBuffer.MAX_PIECE,
                        format == BulkFileFormat.CSV ? openCell(position) : ""));
    }

    /** An unclosed cell includes all lines up to the next quotation mark. */
    private static String openCell(ElementPosition record) {
        return "; perhaps a quotation mark is missing that ends a cell of the record that begins in line "
                + record.line();
    }

    /** An array may be a single line, so the line alone would not identify the element. */
    private String name(ElementPosition position) {
        String line = "line " + position.line();
        return format == BulkFileFormat.JSON ? line + ", element " + position.element() : line;
    }
}
