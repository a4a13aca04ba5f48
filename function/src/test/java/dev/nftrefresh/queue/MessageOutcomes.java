package dev.nftrefresh.queue;

import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A test's messages and their outcomes. */
final class MessageOutcomes {
    static final String CHAIN = "imtbl-zkevm-testnet";
    static final String ADDRESS = "0x8A90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final Instant SENT = Instant.parse("2026-11-23T10:00:00.123Z");
    static final QueueMessageReader READER = new QueueMessageReader(CHAIN);

    static final TokenOutcome ACCEPTED = new TokenOutcome.Accepted();
    static final TokenOutcome SUPERSEDED = new TokenOutcome.Superseded();

    private MessageOutcomes() {}

    static TokenOutcome returned(int seconds) {
        return new TokenOutcome.Returned(Duration.ofSeconds(seconds));
    }

    static TokenOutcome rejected(RejectReason reason, String detail) {
        return new TokenOutcome.Rejected(new Rejection(reason, detail), null);
    }

    static String token(String id) {
        return token(id, "");
    }

    static String token(String id, String more) {
        return "{\"token_id\":\"" + id
                + "\",\"name\":\"Sword\",\"description\":null,\"image\":null,\"external_url\":null,"
                + "\"animation_url\":null,\"youtube_url\":null,\"attributes\":null" + more + "}";
    }

    static String body(String... tokens) {
        return "{\"chain_name\":\"" + CHAIN + "\",\"contract_address\":\"" + ADDRESS + "\",\"nft_metadata\":["
                + String.join(",", tokens) + "]}";
    }

    static QueuedMessage message(String body) {
        return new QueuedMessage("m-1", "r-1", Utf8MessageBody.of(body), SENT, 2, SENT.minusSeconds(60), 5, null);
    }

    static MessageOutcome outcome(QueuedMessage message, TokenOutcome... tokenOutcomes) {
        return new MessageOutcome(
                message, READER.read(message.body().utf8(), message.sentAt()), List.of(tokenOutcomes));
    }

    /** What the function would read from a message that the stack wrote, an hour later. */
    static UpdateMessage readAgain(OutgoingMessage message) {
        MessageReadResult result = READER.read(message.body().getBytes(StandardCharsets.UTF_8), SENT.plusSeconds(3600));
        if (result instanceof MessageReadResult.ParsedMessage(UpdateMessage read)) {
            return read;
        }
        throw new AssertionError("not a message any more: " + result);
    }
}
