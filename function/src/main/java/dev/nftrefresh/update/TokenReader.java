package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one token where it stands: checks its fields while they stream by, and notes where its bytes begin and end. */
final class TokenReader {
    private final JsonParser parser;
    private final byte[] text;
    private final int base;
    private final int from;

    private @Nullable String tokenId;
    private @Nullable String fault;
    private @Nullable UpdatedAt updatedAt;
    private @Nullable Cut cut;
    private final Set<TokenField> seen = EnumSet.noneOf(TokenField.class);

    private TokenReader(JsonParser parser, byte[] text, int base) {
        this.parser = parser;
        this.text = text;
        this.base = base;
        this.from = tokenOffset();
    }

    /**
     * Reads the token that the parser stands on, and leaves it at the token's end.
     *
     * @param text what the parser reads, which it began at {@code base}
     */
    static ReadToken read(JsonParser parser, byte[] text, int base) throws IOException {
        return new TokenReader(parser, text, base).read();
    }

    private ReadToken read() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.finishToken();
            parser.skipChildren();
            fault = "it is not an object";
            var raw = new TokenJson(text, from, offset());
            return new ReadToken(raw, raw, null, null, fault);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (name.equals("updated_at")) {
                ownTime();
            } else {
                parser.nextToken();
                field(name);
            }
        }
        var raw = new TokenJson(text, from, offset());
        missing();
        return new ReadToken(raw, Compact.ifTooLarge(cut == null ? raw : cut.from(raw)), tokenId, updatedAt, fault);
    }

    private void ownTime() throws IOException {
        int begin = tokenOffset();
        parser.nextToken();
        updatedAt = UpdatedAt.read(parser);
        cut = new Cut(begin, offset());
    }

    private void field(String name) throws IOException {
        TokenField field = TokenField.named(name);
        if (field == null) {
            parser.skipChildren();
            return;
        }
        seen.add(field);
        switch (field) {
            case TOKEN_ID -> id();
            case ATTRIBUTES -> fail(AttributesReader.read(parser));
            default -> text(name);
        }
    }

    private void id() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            tokenId = TokenId.canonical(parser.getText());
        }
        if (tokenId == null) {
            parser.skipChildren();
            fail("token_id is not a string of decimal digits below 2^256");
        }
    }

    private void text(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING && parser.currentToken() != JsonToken.VALUE_NULL) {
            fail(name + " is neither a string nor null");
        }
        parser.skipChildren();
    }

    private void missing() {
        if (seen.size() < TokenField.values().length) {
            fail(MissingFields.fault(seen));
        }
    }

    private void fail(@Nullable String what) {
        if (fault == null) {
            fault = what;
        }
    }

    private int tokenOffset() {
        return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int offset() {
        return base + (int) parser.currentLocation().getByteOffset();
    }
}
