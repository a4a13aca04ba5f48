package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one token in a stream: checks its fields, and records where its bytes begin and end. */
final class TokenReader {
    private static final String UPDATED_AT = "updated_at";
    /** More than any honest token has, to look among for a missing one. */
    private static final int OTHERS_KEPT = 100;
    /** More faults would make the sentence too long to read. */
    private static final int MOST_FAULTS = 5;

    private final JsonParser parser;
    private final byte[] text;
    private final int base;
    private final int from;

    private @Nullable String tokenId;
    private @Nullable String fault;
    private int faults;
    private @Nullable UpdatedAtField updatedAt;
    private @Nullable JsonMemberSpan cut;
    private final Set<TokenField> seen = EnumSet.noneOf(TokenField.class);
    /** The first fields that are no token's: one of them may be a missing one mistyped. */
    private @Nullable List<String> others;

    private TokenReader(JsonParser parser, byte[] text, int base) {
        this.parser = parser;
        this.text = text;
        this.base = base;
        this.from = tokenOffset();
    }

    /**
     * Reads the parser's current token, and leaves the parser at its end.
     *
     * @param text what the parser reads, which it began at {@code base}
     */
    static ParsedToken read(JsonParser parser, byte[] text, int base) throws IOException {
        return new TokenReader(parser, text, base).read();
    }

    private ParsedToken read() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.finishToken();
            parser.skipChildren();
            fault = "it is not an object";
            var raw = new TokenJson(text, from, offset());
            return new ParsedToken(raw, raw, null, null, fault);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (name.equals(UPDATED_AT)) {
                ownTime();
            } else {
                parser.nextToken();
                field(name);
            }
        }
        var raw = new TokenJson(text, from, offset());
        missing();
        return new ParsedToken(
                raw, JsonCompactor.ifTooLarge(cut == null ? raw : cut.from(raw)), tokenId, updatedAt, fault);
    }

    private void ownTime() throws IOException {
        int begin = tokenOffset();
        parser.nextToken();
        updatedAt = UpdatedAtField.read(parser);
        cut = new JsonMemberSpan(begin, offset());
    }

    private void field(String name) throws IOException {
        TokenField field = TokenField.named(name);
        if (field == null) {
            other(name);
            parser.skipChildren();
            return;
        }
        seen.add(field);
        switch (field) {
            case TOKEN_ID -> id();
            case ATTRIBUTES -> fail(TokenAttributesReader.read(parser));
            default -> text(name);
        }
    }

    /** It passes through, unless it is a mistyped optional field, which nobody would notice. */
    private void other(String name) {
        if (MistypedFieldName.isOf(UPDATED_AT, name)) {
            fail("it has " + TextExcerpt.of(name, 100) + "; did you mean " + UPDATED_AT + "? Rename or remove it");
        }
        if (others == null) {
            others = new ArrayList<>();
        }
        if (others.size() < OTHERS_KEPT) {
            others.add(name);
        }
    }

    private void id() throws IOException {
        String shown = parser.currentToken().isScalarValue() ? parser.getText() : "";
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            tokenId = CanonicalTokenId.canonical(shown);
        }
        if (tokenId == null) {
            // Quotes help only where the number itself is an id.
            boolean isQuotable =
                    parser.currentToken() == JsonToken.VALUE_NUMBER_INT && CanonicalTokenId.canonical(shown) != null;
            String found = isQuotable ? FoundValue.of(parser) : FoundValue.unquotable(parser);
            fail("token_id is not a string of decimal digits below 2^256: it is " + found);
            parser.skipChildren();
        }
    }

    private void text(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING && parser.currentToken() != JsonToken.VALUE_NULL) {
            fail(name + " is neither a string nor null: it is " + FoundValue.of(parser));
        }
        parser.skipChildren();
    }

    private void missing() {
        if (seen.size() < TokenField.values().length) {
            fail(MissingFields.fault(seen, others == null ? List.of() : others));
        }
    }

    /** Reports all faults of the token together, for whoever fixes it. */
    private void fail(@Nullable String what) {
        if (what != null && faults < MOST_FAULTS) {
            fault = fault == null ? what : fault + "; " + what;
            faults++;
        }
    }

    private int tokenOffset() {
        return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int offset() {
        return base + (int) parser.currentLocation().getByteOffset();
    }
}
