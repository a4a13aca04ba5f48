package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.QueueDepth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** One of the two queues of dead letters. */
final class DeadLetterQueue {
    /**
     * How long a letter that is read stays hidden, unless it is given back. Long enough to read some ten thousand without
     * receiving the same one twice; and the time for which a command that was killed hides what it had read.
     */
    static final Duration HIDDEN = Duration.ofMinutes(10);
    /** With any wait SQS asks all its servers, and without one only some. */
    private static final int WAIT_SECONDS = 1;

    private final SqsClient sqs;
    private final String url;
    private final boolean ofFiles;
    private final InstantSource clock;

    private DeadLetterQueue(SqsClient sqs, String url, boolean ofFiles, InstantSource clock) {
        this.sqs = sqs;
        this.url = url;
        this.ofFiles = ofFiles;
        this.clock = clock;
    }

    /** Both queues of a stack. */
    static List<DeadLetterQueue> of(SqsClient sqs, LetterQueues queues, InstantSource clock) {
        return List.of(
                new DeadLetterQueue(sqs, queues.deadLetterQueueUrl(), false, clock),
                new DeadLetterQueue(sqs, queues.bulkDeadLetterQueueUrl(), true, clock));
    }

    QueueDepth depth() {
        return QueueDepth.read(sqs, url, clock);
    }

    /** Up to ten letters, each hidden from now on; none if SQS finds none. */
    List<ReceivedDeadLetter> receive() {
        return sqs
                .receiveMessage(call -> call.queueUrl(url)
                        .maxNumberOfMessages(BatchCalls.MOST_ENTRIES)
                        .waitTimeSeconds(WAIT_SECONDS)
                        .visibilityTimeout((int) HIDDEN.toSeconds())
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .stream()
                .map(ofFiles ? ReceivedDeadLetter::ofFile : ReceivedDeadLetter::ofUpdates)
                .toList();
    }

    /**
     * Lets up to ten letters be received again at once.
     *
     * @return why some stay hidden for longer, by receipt handle
     */
    Map<String, String> giveBack(List<String> receiptHandles) {
        return BatchCalls.failures(
                receiptHandles,
                some -> sqs.changeMessageVisibilityBatch(call -> call.queueUrl(url)
                                .entries(IntStream.range(0, some.size())
                                        .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                                .id(String.valueOf(i))
                                                .receiptHandle(some.get(i))
                                                .visibilityTimeout(0)
                                                .build())
                                        .toList()))
                        .failed());
    }

    /**
     * Deletes up to ten letters.
     *
     * @return why some were not
     */
    Map<ReceivedDeadLetter, String> delete(List<ReceivedDeadLetter> letters) {
        return BatchCalls.failures(
                letters,
                some -> sqs.deleteMessageBatch(call -> call.queueUrl(url)
                                .entries(IntStream.range(0, some.size())
                                        .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                                .id(String.valueOf(i))
                                                .receiptHandle(some.get(i).receiptHandle())
                                                .build())
                                        .toList()))
                        .failed());
    }
}
