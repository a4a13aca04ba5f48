package dev.nftrefresh.queue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes one queue message, token by token, as {@link dev.nftrefresh.update.QueueMessageReader} reads it. */
public final class QueueMessageWriter {
    /** Enough for everything before the tokens. */
    private static final int HEAD_BYTES = 256;

    private final ByteArrayOutputStream out;
    private boolean first = true;

    /**
     * Begins a message.
     *
     * @param version of the tokens that are added without one
     * @param bytes that the tokens will take, approximately
     */
    public QueueMessageWriter(CollectionId collection, Instant version, int bytes) {
        out = new ByteArrayOutputStream(HEAD_BYTES + bytes);
        write("{\"chain_name\":\"" + escaped(collection.chainName()));
        write("\",\"contract_address\":\"" + escaped(collection.contractAddress()));
        write("\",\"updated_at\":\"" + version + "\",\"nft_metadata\":[");
    }

    /**
     * Adds a token.
     *
     * @param json an object with at least one member where there is a version, otherwise anything
     * @param version the token's own; absent if the message's applies, or the token has it itself
     */
    public void add(TokenJson json, @Nullable Instant version) {
        if (!first) {
            out.write(',');
        }
        first = false;
        if (version == null) {
            json.writeTo(out);
            return;
        }
        byte[] object = json.bytes();
        write("{" + member(version));
        out.write(object, 1, object.length - 1);
    }

    /** The size in bytes of a token, with a comma. */
    static int bytes(TokenJson json, @Nullable Instant version) {
        return json.length() + 1 + (version == null ? 0 : member(version).length());
    }

    private static String member(Instant version) {
        return "\"updated_at\":\"" + version + "\",";
    }

    /** The size in bytes of the whole message, if it ended now. */
    public int bytes() {
        return out.size() + 2;
    }

    /** The message's text; nothing is added after it. */
    public String end() {
        write("]}");
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Characters that SQS cannot hold are written as escapes: a producer may have written them so. */
    private static String escaped(String text) {
        return SqsTextEscaper.of(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)));
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
