package com.example.game;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Puts token updates into the refresh queue. */
public final class TokenUpdateProducer {
    /** The limits of a SendMessageBatch call: 10 messages, 1 MiB together. */
    private static final int MAX_ENTRIES = 10;

    private static final int MAX_BYTES = 1_048_576;
    private static final int ATTEMPTS = 5;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Duration firstWait;

    /**
     * Uses a client of yours.
     *
     * @param firstWait before a refused message is sent again; each further wait is twice as long
     */
    public TokenUpdateProducer(SqsClient sqs, String queueUrl, Duration firstWait) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.firstWait = firstWait;
    }

    /** Queues one update. */
    public void send(TokenUpdate update) {
        sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(update.toJson()));
    }

    /**
     * Queues many updates in as few calls as possible.
     *
     * @throws UpdatesNotQueuedException if some could not be queued; the others are in the queue
     */
    public void sendAll(List<TokenUpdate> updates) throws InterruptedException {
        var failures = new ArrayList<Failure>();
        var batch = new ArrayList<Message>();
        int bytes = 0;
        for (TokenUpdate update : updates) {
            var message = new Message(update, update.toJson());
            if (batch.size() == MAX_ENTRIES || bytes + message.bytes() > MAX_BYTES) {
                failures.addAll(sendBatch(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(message);
            bytes += message.bytes();
        }
        failures.addAll(sendBatch(batch));
        if (!failures.isEmpty()) {
            throw new UpdatesNotQueuedException(
                    failures.stream().map(Failure::update).toList(),
                    failures.getLast().reason());
        }
    }

    /** A call can succeed and yet refuse some of its messages: these are sent again, unless they are at fault. */
    private List<Failure> sendBatch(List<Message> batch) throws InterruptedException {
        var failures = new ArrayList<Failure>();
        List<Message> unsent = List.copyOf(batch);
        for (int attempt = 1; !unsent.isEmpty(); attempt++) {
            List<Message> sending = unsent;
            List<BatchResultErrorEntry> failed;
            try {
                failed = sqs.sendMessageBatch(call -> call.queueUrl(queueUrl).entries(entries(sending)))
                        .failed();
            } catch (SdkException e) { // The SDK has tried several times.
                sending.forEach(message -> failures.add(new Failure(message.update(), e.toString())));
                return failures;
            }
            var again = new ArrayList<Message>();
            for (BatchResultErrorEntry entry : failed) {
                Message message = sending.get(Integer.parseInt(entry.id()));
                if (entry.senderFault() || attempt == ATTEMPTS) {
                    failures.add(new Failure(message.update(), entry.code() + ": " + entry.message()));
                } else {
                    again.add(message);
                }
            }
            unsent = again;
            if (!unsent.isEmpty()) {
                Thread.sleep(firstWait.multipliedBy(1L << (attempt - 1)));
            }
        }
        return failures;
    }

    private static List<SendMessageBatchRequestEntry> entries(List<Message> messages) {
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        for (Message message : messages) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageBody(message.body())
                    .build());
        }
        return entries;
    }

    private record Message(TokenUpdate update, String body) {
        int bytes() {
            return body.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private record Failure(TokenUpdate update, String reason) {}
}
