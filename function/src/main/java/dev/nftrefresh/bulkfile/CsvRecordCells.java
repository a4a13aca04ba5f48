package dev.nftrefresh.bulkfile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.nftrefresh.update.TextExcerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a CSV record.
 *
 * @param cells in their order; an empty unquoted cell is null
 * @param fault why there are none; absent if there are
 */
record CsvRecordCells(
        List<@Nullable String> cells, @Nullable String fault) {
    /** The most that a sentence shows. */
    private static final int MAX_FAULT = 300;

    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Splits one record, which is UTF-8. */
    static CsvRecordCells of(RawElement.RawText rawElement) {
        String text = new String(
                rawElement.bytes(), rawElement.from(), rawElement.to() - rawElement.from(), StandardCharsets.UTF_8);
        var cells = new ArrayList<@Nullable String>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            JsonToken token = parser.nextToken();
            for (; token != null && token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                cells.add(token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
            boolean alone = parser.nextToken() == null;
            return new CsvRecordCells(
                    cells, alone ? null : "there is a CR without an LF after it outside quotation marks");
        } catch (JacksonException e) {
            return new CsvRecordCells(List.of(), TextExcerpt.of(String.valueOf(e.getOriginalMessage()), MAX_FAULT));
        } catch (IOException e) {
            throw new AssertionError("A text in memory cannot fail to be read.", e);
        }
    }
}
