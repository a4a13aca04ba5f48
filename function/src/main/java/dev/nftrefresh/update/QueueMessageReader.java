package dev.nftrefresh.update;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.MetadataElement;
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
public final class QueueMessageReader {
    private final String chainName;

    /** Reads messages for this chain, and refuses those for others. */
    public QueueMessageReader(String chainName) {
        this.chainName = chainName;
    }

    /**
     * Reads one message.
     *
     * @param body UTF-8, as SQS delivered it; it is kept, not copied, so it must not change
     * @param sentAt SQS's {@code SentTimestamp}: the version of what carries none, and what {@code updated_at} is held
     *     against
     */
    public MessageReadResult read(byte[] body, Instant sentAt) {
        MessageEnvelope envelope;
        try {
            envelope = StrictJsonReader.read(body, parser -> MessageEnvelope.read(parser, body));
        } catch (IOException e) {
            return refused(
                    RejectReason.MALFORMED_JSON, "The body cannot be read as JSON: " + JsonSyntaxFault.of(e) + ".", 0);
        }
        UpdatedAtField updatedAt = checked(envelope.updatedAt(), sentAt);
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
        return new MessageReadResult.ParsedMessage(
                new UpdateMessage(collection, time, elements(collection, envelope.tokens(), time, sentAt)));
    }

    private List<MetadataElement> elements(
            CollectionId collection, List<ParsedToken> tokens, Instant time, Instant sentAt) {
        CollectionId lowerCase = collection.inLowerCase();
        var versions = new RepeatedTokenVersions(tokens.size());
        var first = new LimitedRejections();
        var elements = new ArrayList<MetadataElement>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            ParsedToken token = tokens.get(i);
            UpdatedAtField own = checked(token.updatedAt(), sentAt);
            TokenFault fault = fault(collection, token, own);
            if (fault != null) {
                String tokenId = Objects.requireNonNullElse(token.tokenId(), "?");
                elements.add(new Invalid(token.raw(), tokenId, first.of(fault, name(token, i))));
            } else {
                var key = new TokenKey(lowerCase, Objects.requireNonNull(token.tokenId()));
                Instant made = versions.timeOf(key, own == null ? null : own.time(), time);
                elements.add(new Valid(new TokenUpdate(
                        key, new UpdateVersion(made, token.json().hash()), token.json())));
            }
        }
        return elements;
    }

    private @Nullable TokenFault fault(CollectionId collection, ParsedToken token, @Nullable UpdatedAtField own) {
        if (!collection.chainName().equals(chainName)) {
            return new TokenFault(
                    RejectReason.WRONG_CHAIN,
                    "is for chain_name \"%s\", but this environment serves only %s."
                            .formatted(TextExcerpt.of(collection.chainName(), 100), chainName));
        }
        return TokenFault.of(token, own);
    }

    private static Supplier<String> name(ParsedToken token, int place) {
        return () -> token.tokenId() == null
                ? "nft_metadata[" + place + "]"
                : "Token " + token.tokenId() + " (nft_metadata[" + place + "])";
    }

    private static @Nullable UpdatedAtField checked(@Nullable UpdatedAtField updatedAt, Instant sentAt) {
        return updatedAt == null ? null : updatedAt.checkedAgainst(SubmissionTime.sent(sentAt));
    }

    private static MessageReadResult refused(RejectReason reason, String detail, int tokens) {
        return new MessageReadResult.Rejected(new Rejection(reason, detail), tokens);
    }
}
