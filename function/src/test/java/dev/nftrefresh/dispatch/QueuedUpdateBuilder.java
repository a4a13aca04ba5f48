package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.Utf8MessageBody;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the updates of an event, each in a message of its own unless a test chooses otherwise. */
final class QueuedUpdateBuilder {
    static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    static final CollectionId SHIELDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));

    private final List<QueuedUpdate> updates = new ArrayList<>();
    /** How many tokens each message has so far. */
    private final Map<String, Integer> elements = new HashMap<>();

    private final Instant now;
    private int messages;

    QueuedUpdateBuilder(Instant now) {
        this.now = now;
    }

    List<QueuedUpdate> updates() {
        return List.copyOf(updates);
    }

    QueuedUpdate add(CollectionId collection, String tokenId) {
        return add(message(Duration.ZERO, 1, false), collection, tokenId, now);
    }

    QueuedUpdate addMadeAt(CollectionId collection, String tokenId, Instant updatedAt) {
        return add(message(Duration.ZERO, 1, false), collection, tokenId, updatedAt);
    }

    QueuedUpdate addAgedMadeAt(CollectionId collection, String tokenId, Duration age, int attempts, Instant updatedAt) {
        return add(message(age, attempts, false), collection, tokenId, updatedAt);
    }

    QueuedUpdate addAged(CollectionId collection, String tokenId, Duration age, int attempts) {
        return add(message(age, attempts, false), collection, tokenId, now);
    }

    /** In a remainder of several messages, of which the oldest was queued that long ago. */
    QueuedUpdate addRestMadeAt(CollectionId collection, String tokenId, Duration age, Instant updatedAt) {
        QueuedMessage rest = message(age, 1, false);
        return add(
                new QueuedMessage(
                        rest.messageId(),
                        rest.receiptHandle(),
                        rest.body(),
                        now,
                        1,
                        rest.firstSentAt(),
                        1,
                        SearchProgress.BEGUN),
                collection,
                tokenId,
                updatedAt);
    }

    List<QueuedUpdate> addMany(CollectionId collection, int firstId, int count) {
        var added = new ArrayList<QueuedUpdate>();
        for (int id = firstId; id < firstId + count; id++) {
            added.add(add(collection, Integer.toString(id)));
        }
        return added;
    }

    /** One message with these tokens that must be sent alone. */
    List<QueuedUpdate> addAlone(CollectionId collection, int firstId, int count) {
        QueuedMessage message = message(Duration.ZERO, 1, true);
        var added = new ArrayList<QueuedUpdate>();
        for (int id = firstId; id < firstId + count; id++) {
            added.add(add(message, collection, Integer.toString(id), now));
        }
        return added;
    }

    List<QueuedUpdate> addAlone(
            CollectionId collection, List<String> ids, Duration age, int attempts, SearchProgress progress) {
        String id = "message-" + messages++;
        QueuedMessage message = new QueuedMessage(
                id, "receipt-" + id, Utf8MessageBody.of("{}"), now, attempts, now.minus(age), attempts, progress);
        var added = new ArrayList<QueuedUpdate>();
        for (String token : ids) {
            added.add(add(message, collection, token, Instant.parse("2026-01-01T00:00:00Z")));
        }
        return added;
    }

    private QueuedMessage message(Duration age, int attempts, boolean sendAlone) {
        String id = "message-" + messages++;
        return new QueuedMessage(
                id,
                "receipt-" + id,
                Utf8MessageBody.of("{}"),
                now.minus(age),
                attempts,
                now.minus(age),
                attempts,
                sendAlone ? SearchProgress.BEGUN : null);
    }

    private QueuedUpdate add(QueuedMessage message, CollectionId collection, String tokenId, Instant updatedAt) {
        byte[] json = ("{\"token_id\":\"" + tokenId + "\",\"name\":\"at " + updatedAt + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        var token = new TokenJson(json, 0, json.length);
        var update = new QueuedUpdate(
                updates.size(),
                message,
                elements.merge(message.messageId(), 1, Integer::sum) - 1,
                new TokenUpdate(new TokenKey(collection, tokenId), new UpdateVersion(updatedAt, token.hash()), token));
        updates.add(update);
        return update;
    }
}
