package dev.nftrefresh.update;

import dev.nftrefresh.update.UpdateMessage.Element;
import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a queue message. Of several reasons to refuse it the first applies: malformed JSON, an invalid
 * message, the wrong chain, an invalid token, a token too large.
 */
public final class MessageReader {
    private final String chainName;

    /** Reads messages for this chain, and refuses those for others. */
    public MessageReader(String chainName) {
        this.chainName = chainName;
    }

    /**
     * Reads one message.
     *
     * @param body UTF-8, as SQS delivered it; it is kept, not copied, so it must not change
     * @param sentAt SQS's {@code SentTimestamp}: the version of what carries none, and what {@code updated_at} is held
     *     against
     */
    public ReadResult read(byte[] body, Instant sentAt) {
        Envelope envelope;
        try {
            envelope = Json.read(body, parser -> Envelope.read(parser, body));
        } catch (IOException e) {
            return refused(RejectReason.MALFORMED_JSON, "The body cannot be read as JSON: " + JsonFault.of(e) + ".", 0);
        }
        UpdatedAt updatedAt = checked(envelope.updatedAt(), sentAt);
        if (updatedAt != null && updatedAt.fault() != null) {
            envelope.fail(updatedAt.fault());
        }
        if (envelope.fault() != null) {
            return refused(
                    RejectReason.INVALID_MESSAGE,
                    "The message is refused: " + envelope.fault() + ".",
                    envelope.tokenCount());
        }
        Instant time = updatedAt == null ? sentAt : Objects.requireNonNull(updatedAt.time());
        var collection = new CollectionId(
                Objects.requireNonNull(envelope.chainName()), Objects.requireNonNull(envelope.contractAddress()));
        return new ReadResult.Read(
                new UpdateMessage(collection, time, elements(collection, envelope.tokens(), time, sentAt)));
    }

    private List<Element> elements(CollectionId collection, List<ReadToken> tokens, Instant time, Instant sentAt) {
        CollectionId lowerCase = collection.inLowerCase();
        var versions = new PlaceInMessage(tokens.size());
        var first = new FirstRejections();
        var elements = new ArrayList<Element>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            ReadToken token = tokens.get(i);
            UpdatedAt own = checked(token.updatedAt(), sentAt);
            TokenFault fault = fault(collection, token, own);
            if (fault != null) {
                String tokenId = Objects.requireNonNullElse(token.tokenId(), "?");
                elements.add(new Invalid(token.raw(), tokenId, first.of(fault, name(token, i))));
            } else {
                var key = new TokenKey(lowerCase, Objects.requireNonNull(token.tokenId()));
                Instant made = versions.timeOf(key, own == null ? null : own.time(), time);
                elements.add(new Valid(
                        new TokenUpdate(key, new Version(made, token.json().hash()), token.json())));
            }
        }
        return elements;
    }

    private @Nullable TokenFault fault(CollectionId collection, ReadToken token, @Nullable UpdatedAt own) {
        if (!collection.chainName().equals(chainName)) {
            return new TokenFault(
                    RejectReason.WRONG_CHAIN,
                    "is for chain_name \"%s\", but this environment serves only %s."
                            .formatted(Excerpt.of(collection.chainName(), 100), chainName));
        }
        return TokenFault.of(token, own);
    }

    private static Supplier<String> name(ReadToken token, int place) {
        return () -> token.tokenId() == null
                ? "nft_metadata[" + place + "]"
                : "Token " + token.tokenId() + " (nft_metadata[" + place + "])";
    }

    private static @Nullable UpdatedAt checked(@Nullable UpdatedAt updatedAt, Instant sentAt) {
        return updatedAt == null ? null : updatedAt.checkedAgainst(GivenAway.sent(sentAt));
    }

    private static ReadResult refused(RejectReason reason, String detail, int tokens) {
        return new ReadResult.Refused(new Rejection(reason, detail), tokens);
    }
}
