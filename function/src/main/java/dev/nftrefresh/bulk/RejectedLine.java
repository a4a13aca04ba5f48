package dev.nftrefresh.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.nftrefresh.file.BulkFormat;
import dev.nftrefresh.file.FileElement.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What the file of rejected tokens says of an element.
 *
 * @param element its number in the bulk file
 * @param json a JSON object and a line end
 */
@SuppressWarnings("ArrayRecordComponent")
record RejectedLine(long element, byte[] json) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static RejectedLine of(Refused refused, BulkFormat format) {
        var out = new ByteArrayOutputStream(512 + refused.content().length);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("line", refused.place().line());
            if (format == BulkFormat.JSON) {
                json.writeNumberField("element", refused.place().element());
            }
            json.writeStringField("reason", refused.rejection().reason().name());
            json.writeStringField("detail", refused.rejection().detail());
            json.writeStringField("token_id", refused.tokenId());
            json.writeStringField("content", new String(refused.content(), StandardCharsets.UTF_8));
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RejectedLine(refused.place().element(), out.toByteArray());
    }
}
