package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads texts that hold one token each, such as the lines of a file, with the checks that the tokens of a queue message
 * have to pass.
 */
public final class SingleTokenReader {
    private final CollectionId collection;
    private final SubmissionTime uploaded;

    /**
     * Reads tokens of one collection.
     *
     * @param collection with its address in letters of either case
     * @param uploadedAt an {@code updated_at} more than 5 minutes later is refused
     */
    public SingleTokenReader(CollectionId collection, Instant uploadedAt) {
        this.collection = collection.inLowerCase();
        this.uploaded = SubmissionTime.uploaded(uploadedAt);
    }

    /**
     * Reads the bytes of {@code text} from {@code from} up to but not including {@code to}.
     *
     * @param text UTF-8; it is kept, not copied, so it must not change
     * @param place what sentences call the place, such as "line 17"
     * @param begin where in the file the text begins
     */
    public CheckedToken read(byte[] text, int from, int to, String place, SourcePosition begin) {
        ParsedToken token;
        try {
            token = StrictJsonReader.read(text, from, to, parser -> alone(parser, text, from));
        } catch (IOException e) {
            String detail = "The token (" + place + ") cannot be read as JSON: " + JsonSyntaxFault.of(e, begin) + ".";
            return new CheckedToken.Invalid(new Rejection(RejectReason.MALFORMED_JSON, detail), "?");
        }
        return checked(token, place);
    }

    private static ParsedToken alone(JsonParser parser, byte[] text, int from) throws IOException {
        if (parser.nextToken() == null) {
            throw new MalformedMessageException("there is no text");
        }
        ParsedToken token = TokenReader.read(parser, text, from);
        if (parser.nextToken() != null) {
            throw new MalformedMessageException("there is more text after the end of the token");
        }
        return token;
    }

    private CheckedToken checked(ParsedToken token, String place) {
        String id = token.tokenId();
        String which = id == null ? "The token (" + place + ")" : "Token " + id + " (" + place + ")";
        UpdatedAtField own =
                token.updatedAt() == null ? null : token.updatedAt().checkedAgainst(uploaded);
        TokenFault fault = TokenFault.of(token, own);
        if (fault != null) {
            return new CheckedToken.Invalid(fault.rejection(which), Objects.requireNonNullElse(id, "?"));
        }
        Instant updatedAt = own == null ? null : own.time();
        return new CheckedToken.Valid(new TokenKey(collection, Objects.requireNonNull(id)), updatedAt, token.json());
    }
}
