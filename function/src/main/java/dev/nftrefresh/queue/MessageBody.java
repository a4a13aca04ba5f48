package dev.nftrefresh.queue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.update.CollectionId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes a queue message that can be read again, with the version that its tokens already had. */
final class MessageBody {
    private MessageBody() {}

    static String of(CollectionId collection, Instant version, List<BodyElement> elements) {
        var out = new ByteArrayOutputStream(
                256 + elements.stream().mapToInt(BodyElement::maxBytes).sum());
        write(out, "{\"chain_name\":\"" + escaped(collection.chainName()));
        write(out, "\",\"contract_address\":\"" + escaped(collection.contractAddress()));
        write(out, "\",\"updated_at\":\"" + version + "\",\"nft_metadata\":[");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            elements.get(i).writeTo(out, version);
        }
        write(out, "]}");
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
