package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The four fields of a message as they stream by, in any order, and the first thing that is wrong with them. */
final class MessageEnvelope {
    private static final List<String> FIELDS = List.of("chain_name", "contract_address", "updated_at", "nft_metadata");
    private static final String FIELDS_LISTED = "chain_name, contract_address, updated_at and nft_metadata";

    /**
     * Elements of one message. A valid token needs over 100 bytes, so that a message of 1,020 KiB cannot hold more; a million
     * bytes of {@code [1,1,1,…]} would be 500,000 rejected tokens.
     */
    static final int MAX_TOKENS = 10_000;
    /** Far longer than the name of any chain; it is repeated in each letter and log line. */
    private static final int MAX_CHAIN_NAME = 200;

    private final JsonParser parser;
    private final byte[] text;
    private final List<ParsedToken> tokens = new ArrayList<>();
    private int tokenCount;
    private boolean tokensSeen;
    private @Nullable String chainName;
    private @Nullable String contractAddress;
    private @Nullable UpdatedAtField updatedAt;
    private @Nullable String fault;

    private MessageEnvelope(JsonParser parser, byte[] text) {
        this.parser = parser;
        this.text = text;
    }

    /** Reads the whole body; what is not JSON throws, what is not a message becomes {@link #fault()}. */
    static MessageEnvelope read(JsonParser parser, byte[] text) throws IOException {
        var envelope = new MessageEnvelope(parser, text);
        envelope.read();
        return envelope;
    }

    private void read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedMessageException("the body is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            fail("the message is not a JSON object");
            parser.skipChildren();
        } else {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field(name);
            }
        }
        if (parser.nextToken() != null) {
            throw new MalformedMessageException("there is more text after the end of the JSON object");
        }
        present(chainName, "chain_name");
        present(contractAddress, "contract_address");
        present(tokensSeen ? tokens : null, "nft_metadata");
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "chain_name" -> chainName = readChain();
            case "contract_address" -> contractAddress = readAddress();
            case "updated_at" -> updatedAt = UpdatedAtField.read(parser);
            case "nft_metadata" -> readTokens();
            default -> {
                String meant = MistypedFieldName.among(FIELDS, name);
                fail("the field \"" + TextExcerpt.of(name, 100) + "\" is unknown"
                        + (meant == null ? ": a message has " : "; did you mean " + meant + "? A message has ")
                        + FIELDS_LISTED);
                parser.skipChildren();
            }
        }
    }

    private @Nullable String readString(String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        fail(name + " is not a string");
        parser.skipChildren();
        return null;
    }

    private @Nullable String readChain() throws IOException {
        String chain = readString("chain_name");
        if (chain != null && chain.length() > MAX_CHAIN_NAME) {
            fail(String.format(
                    Locale.ROOT,
                    "chain_name has %,d characters, but no chain's name has more than %d",
                    chain.length(),
                    MAX_CHAIN_NAME));
        }
        return chain;
    }

    private @Nullable String readAddress() throws IOException {
        String address = readString("contract_address");
        if (address != null && !CollectionId.isAddress(address)) {
            fail("contract_address is not 0x and 40 hexadecimal digits: it is \"" + TextExcerpt.of(address, 100)
                    + "\"");
        }
        return address;
    }

    private void readTokens() throws IOException {
        tokensSeen = true;
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fail("nft_metadata is not an array");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            tokenCount++;
            if (tokenCount <= MAX_TOKENS) {
                tokens.add(TokenReader.read(parser, text, 0));
            } else {
                // What follows may still not be JSON, so it is read, but nothing is kept of it.
                parser.skipChildren();
            }
        }
        if (tokenCount == 0) {
            fail("nft_metadata is empty");
        } else if (tokenCount > MAX_TOKENS) {
            fail(String.format(
                    Locale.ROOT,
                    "nft_metadata has %,d elements, more than the %,d that a message may hold; send them in several messages",
                    tokenCount,
                    MAX_TOKENS));
        }
    }

    private void present(@Nullable Object value, String name) {
        if (value == null) {
            fail(name + " is missing");
        }
    }

    void fail(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    @Nullable
    String fault() {
        return fault;
    }

    @Nullable
    String chainName() {
        return chainName;
    }

    @Nullable
    String contractAddress() {
        return contractAddress;
    }

    @Nullable
    UpdatedAtField updatedAt() {
        return updatedAt;
    }

    /** The elements of {@code nft_metadata}, of too many the first ones. */
    List<ParsedToken> tokens() {
        return tokens;
    }

    /** How many elements {@code nft_metadata} has. */
    int tokenCount() {
        return tokenCount;
    }
}
