package dev.nftrefresh.bulkfile;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.update.TokenField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CSV record as the JSON text of a token, with its fields in the API's order, whatever the order of the columns. */
final class CsvRowJson {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final CsvHeader header;
    private final List<@Nullable String> cells;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private CsvRowJson(CsvHeader header, List<@Nullable String> cells) {
        this.header = header;
        this.cells = cells;
    }

    /** The token with these cells, of which {@code attributes} must be JSON or null. */
    static byte[] of(CsvHeader header, List<@Nullable String> cells) {
        return new CsvRowJson(header, cells).write();
    }

    private byte[] write() {
        char before = '{';
        for (TokenField field : TokenField.values()) {
            out.write(before);
            before = ',';
            String value = header.value(field.json(), cells);
            if (field == TokenField.ATTRIBUTES && value != null) {
                member(field.json(), value);
            } else {
                member(field.json(), value == null ? "null" : quoted(value));
            }
        }
        String updatedAt = header.value(CsvHeader.UPDATED_AT, cells);
        if (updatedAt != null) {
            out.write(before);
            member(CsvHeader.UPDATED_AT, INTEGER.matcher(updatedAt).matches() ? updatedAt : quoted(updatedAt));
        }
        out.write('}');
        return out.toByteArray();
    }

    private void member(String name, String json) {
        out.writeBytes(('"' + name + "\":" + json).getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
