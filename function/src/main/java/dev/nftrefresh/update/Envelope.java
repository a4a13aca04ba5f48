package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The four fields of a message as they stream by, in any order, and the first thing that is wrong with them. */
final class Envelope {
    private final JsonParser parser;
    private final byte[] text;
    private final List<ReadToken> tokens = new ArrayList<>();
    private boolean tokensSeen;
    private @Nullable String chainName;
    private @Nullable String contractAddress;
    private @Nullable UpdatedAt updatedAt;
    private @Nullable String fault;

    Envelope(JsonParser parser, byte[] text) {
        this.parser = parser;
        this.text = text;
    }

    /** Reads the whole body; what is not JSON throws, what is not a message becomes {@link #fault()}. */
    void read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedMessage("the body is empty");
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
            throw new MalformedMessage("there is more text after the end of the JSON object");
        }
        present(chainName, "chain_name");
        present(contractAddress, "contract_address");
        present(tokensSeen ? tokens : null, "nft_metadata");
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "chain_name" -> chainName = readString(name);
            case "contract_address" -> contractAddress = readAddress();
            case "updated_at" -> updatedAt = UpdatedAt.read(parser);
            case "nft_metadata" -> readTokens();
            default -> {
                fail("the field \"" + Excerpt.of(name, 100)
                        + "\" is unknown: a message has chain_name, contract_address, updated_at and nft_metadata");
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

    private @Nullable String readAddress() throws IOException {
        String address = readString("contract_address");
        if (address != null && !CollectionId.isAddress(address)) {
            fail("contract_address is not 0x and 40 hexadecimal digits");
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
            tokens.add(TokenReader.read(parser, text, 0));
        }
        if (tokens.isEmpty()) {
            fail("nft_metadata is empty");
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
    UpdatedAt updatedAt() {
        return updatedAt;
    }

    List<ReadToken> tokens() {
        return tokens;
    }
}
