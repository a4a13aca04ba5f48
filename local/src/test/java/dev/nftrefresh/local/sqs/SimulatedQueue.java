package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue as its producer and its pollers see it. */
public final class SimulatedQueue {
    private final InMemorySqsQueue queue;

    SimulatedQueue(InMemorySqsQueue queue) {
        this.queue = queue;
    }

    /**
     * A message that is in the queue.
     *
     * @param attributes the text of each message attribute by its name
     */
    public record HeldMessage(
            String id, String body, Map<String, String> attributes, Instant sentAt, int receiveCount) {}

    /** What a producer does. */
    public void send(String body) {
        send(body, Map.of());
    }

    /**
     * What a producer does who sets message attributes too.
     *
     * @return the message's id
     */
    public String send(String body, Map<String, String> attributes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        attributes.forEach(
                (name, value) -> json.putObject(name).put("DataType", "String").put("StringValue", value));
        return queue.send(body, MessageDigests.ofBody(body), json, Duration.ZERO, LocalSqsQueues.PRODUCER);
    }

    /** What is visible, up to ten messages; empty too while too many are in flight. */
    public List<ReceivedRecord> receive(int max) {
        try {
            var records = new ArrayList<ReceivedRecord>(max);
            for (MessageDelivery delivery : queue.receive(max, queue.settings().visibilityTimeout(), Duration.ZERO)) {
                records.add(new ReceivedRecord(
                        delivery.messageId(),
                        delivery.receiptHandle(),
                        RecordJson.of(delivery, queue.settings().name()),
                        delivery.receiveCount()));
            }
            return records;
        } catch (SqsErrorException _) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(String receiptHandle) {
        queue.delete(receiptHandle);
    }

    /** Everything that it holds, whether it is visible or not. */
    public List<HeldMessage> held() {
        return queue.messages().stream()
                .map(message -> new HeldMessage(
                        message.id, message.body, texts(message.attributes), message.sentAt, message.receiveCount))
                .toList();
    }

    /**
     * Puts everything that it holds into the other queue, as a redrive does: with new ids, and as if sent now.
     *
     * @return the new ids by those of the messages from which the letters were made
     */
    public Map<String, String> redriveTo(SimulatedQueue other) {
        var ids = new LinkedHashMap<String, String>();
        for (HeldMessage letter : held()) {
            queue.remove(letter.id());
            String id = other.send(letter.body(), letter.attributes());
            ids.put(letter.attributes().getOrDefault("SourceMessageId", letter.id()), id);
        }
        return ids;
    }

    private static Map<String, String> texts(JsonNode attributes) {
        var texts = new LinkedHashMap<String, String>();
        attributes
                .properties()
                .forEach(attribute -> texts.put(
                        attribute.getKey(),
                        attribute.getValue().path("StringValue").asText()));
        return texts;
    }

    /** When the next hidden message becomes visible. */
    public Optional<Instant> nextVisible() {
        return queue.nextVisible();
    }

    public QueueDepth depth() {
        return queue.depth();
    }
}
