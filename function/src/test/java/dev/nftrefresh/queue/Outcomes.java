package dev.nftrefresh.queue;

import dev.nftrefresh.update.MessageReader;
import dev.nftrefresh.update.ReadResult;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Messages of a test and what becomes of them. */
final class Outcomes {
    static final String CHAIN = "imtbl-zkevm-testnet";
    static final String ADDRESS = "0x8A90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final Instant SENT = Instant.parse("2026-11-23T10:00:00.123Z");
    static final MessageReader READER = new MessageReader(CHAIN);

    static final Fate ACCEPTED = new Fate.Accepted();
    static final Fate SUPERSEDED = new Fate.Superseded();

    private Outcomes() {}

    static Fate returned(int seconds) {
        return new Fate.Returned(Duration.ofSeconds(seconds));
    }

    static Fate rejected(RejectReason reason, String detail) {
        return new Fate.Rejected(new Rejection(reason, detail), null);
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
        return new QueuedMessage("m-1", "r-1", MessageText.of(body), SENT, 2, SENT.minusSeconds(60), 5, null);
    }

    static MessageOutcome outcome(QueuedMessage message, Fate... fates) {
        return new MessageOutcome(message, READER.read(message.body().utf8(), message.sentAt()), List.of(fates));
    }

    /** What the function would make of a message that the stack wrote, an hour later. */
    static UpdateMessage readAgain(OutgoingMessage message) {
        ReadResult result = READER.read(message.body().getBytes(StandardCharsets.UTF_8), SENT.plusSeconds(3600));
        if (result instanceof ReadResult.Read(UpdateMessage read)) {
            return read;
        }
        throw new AssertionError("not a message any more: " + result);
    }
}
