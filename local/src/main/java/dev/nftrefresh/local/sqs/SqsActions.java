package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The calls, by name: JSON in, JSON out, as the SDK's client speaks with SQS. */
final class SqsActions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, SqsQueue> queues;
    private final SqsFaults faults;

    SqsActions(Map<String, SqsQueue> queues, SqsFaults faults) {
        this.queues = queues;
        this.faults = faults;
    }

    JsonNode answer(String action, JsonNode call) throws InterruptedException {
        SqsQueue queue = queue(call.path("QueueUrl").asText());
        return switch (action) {
            case "SendMessage" -> send(queue, NewMessage.of(call));
            case "SendMessageBatch" -> {
                checkTotalSize(call);
                yield batch(action, call, entry -> send(queue, NewMessage.of(entry)));
            }
            case "ReceiveMessage" -> receive(queue, call);
            case "DeleteMessage" -> delete(queue, call);
            case "DeleteMessageBatch" -> batch(action, call, entry -> delete(queue, entry));
            case "ChangeMessageVisibility" -> changeVisibility(queue, call);
            case "ChangeMessageVisibilityBatch" -> batch(action, call, entry -> changeVisibility(queue, entry));
            case "GetQueueAttributes" -> attributes(queue);
            default -> throw new SqsError("UnsupportedOperation", "The stand-in for SQS does not know " + action + ".");
        };
    }

    private SqsQueue queue(String url) {
        SqsQueue queue = queues.get(url.substring(url.lastIndexOf('/') + 1));
        if (queue == null) {
            throw new SqsError("QueueDoesNotExist", "The specified queue does not exist: " + url + ".");
        }
        return queue;
    }

    private JsonNode batch(String action, JsonNode call, Function<JsonNode, ObjectNode> one) {
        JsonNode entries = call.path("Entries");
        checkEntries(entries);
        ArrayNode successful = JSON.arrayNode();
        ArrayNode failed = JSON.arrayNode();
        for (JsonNode entry : entries) {
            Optional<Boolean> fault = faults.failsEntry(action, entry.toString());
            if (fault.isPresent()) {
                failed.add(failure(entry, "InternalError", "A fault that a test asked for.", fault.get()));
                continue;
            }
            try {
                successful.add(one.apply(entry).set("Id", entry.get("Id")));
            } catch (SqsError e) {
                failed.add(failure(entry, e.code, String.valueOf(e.getMessage()), true));
            }
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("Successful", successful);
        answer.set("Failed", failed);
        return answer;
    }

    private static void checkEntries(JsonNode entries) {
        if (entries.isEmpty()) {
            throw new SqsError("EmptyBatchRequest", "There should be at least one entry in the request.");
        }
        if (entries.size() > SqsLimits.MAX_ENTRIES) {
            throw new SqsError(
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode entry : entries) {
            String id = entry.path("Id").asText();
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new SqsError("InvalidBatchEntryId", "A batch entry id is invalid: '" + id + "'.");
            }
            if (!ids.add(id)) {
                throw new SqsError("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
            }
        }
    }

    private static void checkTotalSize(JsonNode call) {
        int bytes = 0;
        for (JsonNode entry : call.path("Entries")) {
            bytes += SqsLimits.bytes(entry.path("MessageBody").asText());
            for (var attribute : entry.path("MessageAttributes").properties()) {
                bytes += SqsLimits.bytes(attribute.getKey());
                for (JsonNode part : attribute.getValue()) {
                    bytes += SqsLimits.bytes(part.asText());
                }
            }
        }
        if (bytes > SqsLimits.MAX_BYTES) {
            throw new SqsError(
                    "BatchRequestTooLong",
                    "Batch requests cannot be longer than " + SqsLimits.MAX_BYTES + " bytes. You have sent " + bytes
                            + " bytes.");
        }
    }

    private static ObjectNode failure(JsonNode entry, String code, String message, boolean senderFault) {
        ObjectNode failure = JSON.objectNode();
        failure.set("Id", entry.get("Id"));
        return failure.put("Code", code).put("Message", message).put("SenderFault", senderFault);
    }

    private static ObjectNode send(SqsQueue queue, NewMessage message) {
        String bodyMd5 = Md5.ofBody(message.body());
        String id = queue.send(message.body(), bodyMd5, message.attributes(), message.delay());
        ObjectNode answer = JSON.objectNode().put("MessageId", id).put("MD5OfMessageBody", bodyMd5);
        if (!message.attributes().isEmpty()) {
            answer.put("MD5OfMessageAttributes", Md5.ofAttributes(message.attributes()));
        }
        return answer;
    }

    private static JsonNode receive(SqsQueue queue, JsonNode call) throws InterruptedException {
        int max = inRange(call, "MaxNumberOfMessages", 1, SqsLimits.MAX_ENTRIES, 1);
        int wait = inRange(call, "WaitTimeSeconds", 0, SqsLimits.MAX_WAIT_SECONDS, 0);
        int visibility = inRange(call, "VisibilityTimeout", 0, (int) SqsLimits.MAX_VISIBILITY.toSeconds(), (int)
                queue.settings().visibilityTimeout().toSeconds());
        ArrayNode messages = JSON.arrayNode();
        for (Delivery delivery : queue.receive(max, Duration.ofSeconds(visibility), Duration.ofSeconds(wait))) {
            messages.add(message(delivery));
        }
        return JSON.objectNode().set("Messages", messages);
    }

    /** Whatever names the call asks for, all attributes are given: more than asked for never hurts here. */
    private static ObjectNode message(Delivery delivery) {
        ObjectNode message = JSON.objectNode()
                .put("MessageId", delivery.messageId())
                .put("ReceiptHandle", delivery.receiptHandle())
                .put("Body", delivery.body())
                .put("MD5OfBody", delivery.bodyMd5());
        message.putObject("Attributes")
                .put("SenderId", LocalSqs.ACCOUNT)
                .put("SentTimestamp", String.valueOf(delivery.sentAt().toEpochMilli()))
                .put("ApproximateReceiveCount", String.valueOf(delivery.receiveCount()))
                .put(
                        "ApproximateFirstReceiveTimestamp",
                        String.valueOf(delivery.firstReceivedAt().toEpochMilli()));
        if (!delivery.attributes().isEmpty()) {
            message.set("MessageAttributes", delivery.attributes());
            message.put("MD5OfMessageAttributes", Md5.ofAttributes(delivery.attributes()));
        }
        return message;
    }

    private static ObjectNode delete(SqsQueue queue, JsonNode entry) {
        queue.delete(entry.path("ReceiptHandle").asText());
        return JSON.objectNode();
    }

    private static ObjectNode changeVisibility(SqsQueue queue, JsonNode entry) {
        int timeout = inRange(entry, "VisibilityTimeout", 0, (int) SqsLimits.MAX_VISIBILITY.toSeconds(), 0);
        queue.changeVisibility(entry.path("ReceiptHandle").asText(), Duration.ofSeconds(timeout));
        return JSON.objectNode();
    }

    private static JsonNode attributes(SqsQueue queue) {
        QueueDepth depth = queue.depth();
        ObjectNode answer = JSON.objectNode();
        answer.putObject("Attributes")
                .put("QueueArn", LocalSqs.arn(queue.settings().name()))
                .put(
                        "VisibilityTimeout",
                        String.valueOf(queue.settings().visibilityTimeout().toSeconds()))
                .put("ApproximateNumberOfMessages", String.valueOf(depth.visible()))
                .put("ApproximateNumberOfMessagesNotVisible", String.valueOf(depth.inFlight()))
                .put("ApproximateNumberOfMessagesDelayed", String.valueOf(depth.delayed()));
        return answer;
    }

    private static int inRange(JsonNode call, String name, int min, int max, int otherwise) {
        int value = call.path(name).asInt(otherwise);
        if (value < min || value > max) {
            throw SqsError.invalidParameter("Value " + value + " for parameter " + name
                    + " is invalid. Reason: Must be between " + min + " and " + max + ".");
        }
        return value;
    }
}
