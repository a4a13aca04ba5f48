package dev.nftrefresh.bulkload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.nftrefresh.bulkfile.BulkFileElement.RejectedElement;
import dev.nftrefresh.bulkfile.BulkFileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An element's line in the file of rejected tokens.
 *
 * @param element its number in the bulk file
 * @param json a JSON object and a line end
 */
@SuppressWarnings("ArrayRecordComponent")
record RejectedElementLine(long element, byte[] json) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static RejectedElementLine of(RejectedElement refused, BulkFileFormat format) {
        var out = new ByteArrayOutputStream(512 + refused.content().length);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("line", refused.position().line());
            if (format == BulkFileFormat.JSON) {
                json.writeNumberField("element", refused.position().element());
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
        return new RejectedElementLine(refused.position().element(), out.toByteArray());
    }
}
