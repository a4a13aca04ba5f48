package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.sqs.SqsLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** Sends lines as messages in calls as full as SQS takes them. Not for several threads. */
final class BatchMessageSender {
    private static final int ATTEMPTS = 5;

    private final SqsClient sqs;
    private final String queueUrl;
    private final BiConsumer<MessageLine, String> sent;
    private final BiConsumer<MessageLine, String> refused;
    private final List<MessageLine> waiting = new ArrayList<>();
    private int waitingBytes;

    /**
     * Sends to this queue.
     *
     * @param sent gets each line that SQS accepted, and the id of its message
     * @param refused gets each line that SQS does not accept, and why
     */
    BatchMessageSender(
            SqsClient sqs,
            String queueUrl,
            BiConsumer<MessageLine, String> sent,
            BiConsumer<MessageLine, String> refused) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.sent = sent;
        this.refused = refused;
    }

    void send(MessageLine line) {
        int bytes = SqsLimits.bytes(line.text());
        if (waiting.size() == SqsLimits.MAX_ENTRIES || waitingBytes + bytes > SqsLimits.MAX_BYTES) {
            flush();
        }
        waiting.add(line);
        waitingBytes += bytes;
    }

    /** Sends what still waits. */
    void flush() {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (MessageLine line : waiting) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(line.text())
                    .build());
        }
        for (int attempt = 1; !entries.isEmpty(); attempt++) {
            entries = failedOf(entries, attempt);
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private List<SendMessageBatchRequestEntry> failedOf(List<SendMessageBatchRequestEntry> entries, int attempt) {
        List<SendMessageBatchRequestEntry> again = new ArrayList<>();
        var answer = sqs.sendMessageBatch(call -> call.queueUrl(queueUrl).entries(entries));
        for (SendMessageBatchResultEntry taken : answer.successful()) {
            sent.accept(waiting.get(Integer.parseInt(taken.id())), taken.messageId());
        }
        for (BatchResultErrorEntry failed : answer.failed()) {
            if (failed.senderFault() || attempt == ATTEMPTS) {
                MessageLine line = waiting.get(Integer.parseInt(failed.id()));
                refused.accept(line, failed.code() + ": " + failed.message());
            } else {
                again.addAll(entries.stream()
                        .filter(entry -> entry.id().equals(failed.id()))
                        .toList());
            }
        }
        return again;
    }
}
