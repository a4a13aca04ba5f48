package dev.nftrefresh.local.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The SDK's client interface over queues of this JVM: no call leaves the process. */
final class LocalSqsClient implements SqsClient {
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final int LONGEST_VISIBILITY = (int) SqsLimits.MAX_VISIBILITY.toSeconds();

    private final Map<String, InMemorySqsQueue> queues;
    private final SqsFaultInjector faults;
    private final String senderId;
    private final SentMessageListener sent;

    /**
     * A client of these queues.
     *
     * @param queues by name
     * @param senderId what its messages say of who sent them
     * @param sent is notified of them
     */
    LocalSqsClient(
            Map<String, InMemorySqsQueue> queues, SqsFaultInjector faults, String senderId, SentMessageListener sent) {
        this.queues = queues;
        this.faults = faults;
        this.senderId = senderId;
        this.sent = sent;
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        return answer("SendMessage", () -> {
            SendReceipt receipt = send(
                    queue(request.queueUrl()),
                    NewMessage.of(request.messageBody(), request.messageAttributes(), request.delaySeconds()));
            return SendMessageResponse.builder()
                    .messageId(receipt.id())
                    .md5OfMessageBody(receipt.bodyMd5())
                    .md5OfMessageAttributes(receipt.attributesMd5())
                    .build();
        });
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        return answer("SendMessageBatch", () -> {
            InMemorySqsQueue queue = queue(request.queueUrl());
            checkTotalSize(request.entries());
            List<SendMessageBatchResultEntry> successful = new ArrayList<>();
            var failed = each("SendMessageBatch", request.entries(), SendMessageBatchRequestEntry::id, entry -> {
                SendReceipt receipt = send(
                        queue, NewMessage.of(entry.messageBody(), entry.messageAttributes(), entry.delaySeconds()));
                successful.add(SendMessageBatchResultEntry.builder()
                        .id(entry.id())
                        .messageId(receipt.id())
                        .md5OfMessageBody(receipt.bodyMd5())
                        .md5OfMessageAttributes(receipt.attributesMd5())
                        .build());
            });
            return SendMessageBatchResponse.builder()
                    .successful(successful)
                    .failed(failed)
                    .build();
        });
    }

    /** What SQS says of a message that it took; the SDK's client compares the digests with its own. */
    private record SendReceipt(
            String id, String bodyMd5, @Nullable String attributesMd5) {}

    private SendReceipt send(InMemorySqsQueue queue, NewMessage message) {
        String bodyMd5 = MessageDigests.ofBody(message.body());
        String id = queue.send(message.body(), bodyMd5, message.attributes(), message.delay(), senderId);
        sent.sent(queue.settings().name(), message.body());
        return new SendReceipt(
                id, bodyMd5, message.attributes().isEmpty() ? null : MessageDigests.ofAttributes(message.attributes()));
    }

    /** Whatever names the call asks for, all attributes are given: more than asked for never hurts here. */
    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return answer("ReceiveMessage", () -> {
            InMemorySqsQueue queue = queue(request.queueUrl());
            int max = inRange("MaxNumberOfMessages", request.maxNumberOfMessages(), 1, SqsLimits.MAX_ENTRIES, 1);
            int wait = inRange("WaitTimeSeconds", request.waitTimeSeconds(), 0, SqsLimits.MAX_WAIT_SECONDS, 0);
            int ofQueue = (int) queue.settings().visibilityTimeout().toSeconds();
            int visibility = inRange("VisibilityTimeout", request.visibilityTimeout(), 0, LONGEST_VISIBILITY, ofQueue);
            try {
                var deliveries = queue.receive(max, Duration.ofSeconds(visibility), Duration.ofSeconds(wait));
                return ReceiveMessageResponse.builder()
                        .messages(
                                deliveries.stream().map(LocalSqsClient::message).toList())
                        .build();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("The receive was interrupted.", e);
            }
        });
    }

    private static Message message(MessageDelivery delivery) {
        Map<MessageSystemAttributeName, String> system = new EnumMap<>(MessageSystemAttributeName.class);
        system.put(MessageSystemAttributeName.SENDER_ID, delivery.senderId());
        system.put(
                MessageSystemAttributeName.SENT_TIMESTAMP,
                String.valueOf(delivery.sentAt().toEpochMilli()));
        system.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(delivery.receiveCount()));
        system.put(
                MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                String.valueOf(delivery.firstReceivedAt().toEpochMilli()));
        if (delivery.deadLetterSourceArn() != null) {
            system.put(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, delivery.deadLetterSourceArn());
        }
        var message = Message.builder()
                .messageId(delivery.messageId())
                .receiptHandle(delivery.receiptHandle())
                .body(delivery.body())
                .md5OfBody(delivery.bodyMd5())
                .attributes(system);
        if (!delivery.attributes().isEmpty()) {
            message.messageAttributes(MessageAttributesJson.values(delivery.attributes()))
                    .md5OfMessageAttributes(MessageDigests.ofAttributes(delivery.attributes()));
        }
        return message.build();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return answer("DeleteMessage", () -> {
            queue(request.queueUrl()).delete(String.valueOf(request.receiptHandle()));
            return DeleteMessageResponse.builder().build();
        });
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return answer("DeleteMessageBatch", () -> {
            InMemorySqsQueue queue = queue(request.queueUrl());
            List<DeleteMessageBatchResultEntry> successful = new ArrayList<>();
            var failed = each("DeleteMessageBatch", request.entries(), DeleteMessageBatchRequestEntry::id, entry -> {
                queue.delete(String.valueOf(entry.receiptHandle()));
                successful.add(
                        DeleteMessageBatchResultEntry.builder().id(entry.id()).build());
            });
            return DeleteMessageBatchResponse.builder()
                    .successful(successful)
                    .failed(failed)
                    .build();
        });
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return answer("ChangeMessageVisibility", () -> {
            changeVisibility(queue(request.queueUrl()), request.receiptHandle(), request.visibilityTimeout());
            return ChangeMessageVisibilityResponse.builder().build();
        });
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        String action = "ChangeMessageVisibilityBatch";
        return answer(action, () -> {
            InMemorySqsQueue queue = queue(request.queueUrl());
            List<ChangeMessageVisibilityBatchResultEntry> successful = new ArrayList<>();
            var failed = each(action, request.entries(), ChangeMessageVisibilityBatchRequestEntry::id, entry -> {
                changeVisibility(queue, entry.receiptHandle(), entry.visibilityTimeout());
                successful.add(ChangeMessageVisibilityBatchResultEntry.builder()
                        .id(entry.id())
                        .build());
            });
            return ChangeMessageVisibilityBatchResponse.builder()
                    .successful(successful)
                    .failed(failed)
                    .build();
        });
    }

    private static void changeVisibility(InMemorySqsQueue queue, @Nullable String handle, @Nullable Integer seconds) {
        int timeout = inRange("VisibilityTimeout", seconds, 0, LONGEST_VISIBILITY, 0);
        queue.changeVisibility(String.valueOf(handle), Duration.ofSeconds(timeout));
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return answer("GetQueueAttributes", () -> {
            InMemorySqsQueue queue = queue(request.queueUrl());
            QueueDepth depth = queue.depth();
            Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
            attributes.put(
                    QueueAttributeName.QUEUE_ARN,
                    LocalSqsQueues.arn(queue.settings().name()));
            attributes.put(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    String.valueOf(queue.settings().visibilityTimeout().toSeconds()));
            attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, String.valueOf(depth.visible()));
            attributes.put(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, String.valueOf(depth.inFlight()));
            attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, String.valueOf(depth.delayed()));
            return GetQueueAttributesResponse.builder().attributes(attributes).build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // The queues outlive their clients.
    }

    private <T> T answer(String action, Supplier<T> call) {
        try {
            if (faults.failsCall(action)) {
                throw SqsErrorException.internal();
            }
            return call.get();
        } catch (SqsErrorException e) {
            throw e.asException();
        }
    }

    private InMemorySqsQueue queue(@Nullable String url) {
        String address = String.valueOf(url);
        InMemorySqsQueue queue = queues.get(address.substring(address.lastIndexOf('/') + 1));
        if (queue == null) {
            throw new SqsErrorException("QueueDoesNotExist", "The specified queue does not exist: " + address + ".");
        }
        return queue;
    }

    /** Does this for each entry, and returns those that fail. */
    private <E> List<BatchResultErrorEntry> each(
            String action, List<E> entries, Function<E, @Nullable String> idOf, Consumer<E> one) {
        checkIds(entries.stream().map(idOf).map(String::valueOf).toList());
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (E entry : entries) {
            String id = String.valueOf(idOf.apply(entry));
            Optional<Boolean> fault = faults.failsEntry(action, entry);
            if (fault.isPresent()) {
                failed.add(failure(id, SqsErrorException.internal(), fault.get()));
                continue;
            }
            try {
                one.accept(entry);
            } catch (SqsErrorException e) {
                failed.add(failure(id, e, true));
            }
        }
        return failed;
    }

    private static BatchResultErrorEntry failure(String id, SqsErrorException error, boolean senderFault) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .code(error.code)
                .message(error.getMessage())
                .senderFault(senderFault)
                .build();
    }

    private static void checkIds(List<String> ids) {
        if (ids.isEmpty()) {
            throw new SqsErrorException("EmptyBatchRequest", "There should be at least one entry in the request.");
        }
        if (ids.size() > SqsLimits.MAX_ENTRIES) {
            throw new SqsErrorException(
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + ids.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!ENTRY_ID.matcher(id).matches()) {
                throw new SqsErrorException("InvalidBatchEntryId", "A batch entry id is invalid: '" + id + "'.");
            }
            if (!seen.add(id)) {
                throw new SqsErrorException("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
            }
        }
    }

    private static void checkTotalSize(List<SendMessageBatchRequestEntry> entries) {
        long bytes = 0;
        for (SendMessageBatchRequestEntry entry : entries) {
            bytes += SqsLimits.bytes(String.valueOf(entry.messageBody()));
            for (Map.Entry<String, MessageAttributeValue> attribute :
                    entry.messageAttributes().entrySet()) {
                bytes += SqsLimits.bytes(attribute.getKey()) + bytes(attribute.getValue());
            }
        }
        if (bytes > SqsLimits.MAX_BYTES) {
            throw new SqsErrorException(
                    "BatchRequestTooLong",
                    "Batch requests cannot be longer than " + SqsLimits.MAX_BYTES + " bytes. You have sent " + bytes
                            + " bytes.");
        }
    }

    private static int bytes(MessageAttributeValue value) {
        int binary = value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
        int text = value.stringValue() == null ? 0 : SqsLimits.bytes(value.stringValue());
        return SqsLimits.bytes(String.valueOf(value.dataType())) + binary + text;
    }

    private static int inRange(String name, @Nullable Integer given, int min, int max, int otherwise) {
        int value = given == null ? otherwise : given;
        if (value < min || value > max) {
            throw SqsErrorException.invalidParameter("Value " + value + " for parameter " + name
                    + " is invalid. Reason: Must be between " + min + " and " + max + ".");
        }
        return value;
    }
}
