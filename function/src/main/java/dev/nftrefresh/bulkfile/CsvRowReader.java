package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CheckedToken;
import dev.nftrefresh.update.JsonValidator;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.SingleTokenReader;
import dev.nftrefresh.update.TokenField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV records: a record that can be written as JSON is checked as JSON. */
final class CsvRowReader {
    private final SingleTokenReader tokens;

    CsvRowReader(SingleTokenReader tokens) {
        this.tokens = tokens;
    }

    CheckedToken read(RawElement.CsvRow row, String name) {
        CheckedToken noText = InvalidUtf8Rejection.refusal(row.text(), name);
        if (noText != null) {
            return noText;
        }
        CsvRecordCells split = CsvRecordCells.of(row.text());
        if (split.fault() != null) {
            String detail = "The token (" + name + ") cannot be read as CSV: " + split.fault() + ".";
            return new CheckedToken.Invalid(new Rejection(RejectReason.MALFORMED_JSON, detail), "?");
        }
        List<@Nullable String> cells = split.cells();
        int needed = row.header().names().size();
        if (cells.size() != needed) {
            String detail = "The token (%s) is refused: it has %d cells, but the header has %d."
                    .formatted(name, cells.size(), needed);
            return new CheckedToken.Invalid(new Rejection(RejectReason.INVALID_TOKEN, detail), "?");
        }
        CheckedToken noJson = attributesFault(row, cells, name);
        return noJson != null ? noJson : token(row, cells, name);
    }

    /** The cell must be JSON by itself, not only between the others: {@code [],"name":"x"} would add a member. */
    private @Nullable CheckedToken attributesFault(RawElement.CsvRow row, List<@Nullable String> cells, String name) {
        int index = row.header().names().indexOf(TokenField.ATTRIBUTES.json());
        String attributes = cells.get(index);
        String fault = attributes == null
                ? null
                : JsonValidator.fault(attributes.getBytes(StandardCharsets.UTF_8), "the cell");
        if (fault == null) {
            return null;
        }
        var others = new ArrayList<@Nullable String>(cells);
        others.set(index, null);
        String id = switch (token(row, others, name)) {
            case CheckedToken.Valid valid -> valid.key().tokenId();
            case CheckedToken.Invalid invalid -> invalid.tokenId();
        };
        String detail = "%s (%s) is refused: the cell of attributes is not JSON: %s."
                .formatted(id.equals("?") ? "The token" : "Token " + id, name, fault);
        return new CheckedToken.Invalid(new Rejection(RejectReason.MALFORMED_JSON, detail), id);
    }

    private CheckedToken token(RawElement.CsvRow row, List<@Nullable String> cells, String name) {
        byte[] text = CsvRowJson.of(row.header(), cells);
        return tokens.read(text, 0, text.length, name, row.text().begin());
    }
}
