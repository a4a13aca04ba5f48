package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@SuppressWarnings("NullAway.Init")
class MessageFileSenderTest {
    @TempDir
    private Path folder;

    private final List<String> complaints = new ArrayList<>();
    private LocalSqsQueues queue;
    private SqsClient sqs;

    @BeforeEach
    void start() {
        queue = new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofMinutes(1), 1_000), Clock.systemUTC());
        sqs = queue.client();
    }

    @AfterEach
    void stop() {
        sqs.close();
        queue.close();
    }

    private MessageFileSender.QueuedCounts queue(List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("messages.ndjson"), lines);
        return new MessageFileSender(file, complaints::add).queue(sqs, queue.queueUrl(), () -> false);
    }

    private List<String> bodies() {
        return sqs.receiveMessage(call -> call.queueUrl(queue.queueUrl()).maxNumberOfMessages(10)).messages().stream()
                .map(Message::body)
                .toList();
    }

    @Test
    void queuesEachLineUnchangedAndSkipsBlankOnes() throws IOException {
        String message = FlowMessages.message(FlowMessages.token("1", "é"), FlowMessages.token("2", "\\u00e9"));

        MessageFileSender.QueuedCounts queued = queue(List.of(message, "", "  \t", "not JSON", " {} "));

        assertThat(queued).isEqualTo(new MessageFileSender.QueuedCounts(3, 2, 0));
        assertThat(bodies()).containsExactly(message, "not JSON", " {} ");
        assertThat(complaints).isEmpty();
    }

    @Test
    void namesTheLinesThatSqsCannotTakeAndQueuesTheOthers() throws IOException {
        MessageFileSender.QueuedCounts queued = queue(List.of("a", "x".repeat(1_044_481), "b\uFFFE", "c"));

        assertThat(queued).isEqualTo(new MessageFileSender.QueuedCounts(2, 0, 2));
        assertThat(bodies()).containsExactly("a", "c");
        assertThat(complaints).hasSize(2);
        assertThat(complaints.get(0)).contains("messages.ndjson:2:").contains("1044481 bytes");
        assertThat(complaints.get(1)).contains("messages.ndjson:3:").contains("U+FFFE");
    }

    @Test
    void fillsCallsUpToTenMessagesAndOneMebibyte() throws IOException {
        String large = "\"" + "é".repeat(250_000) + "\"";

        MessageFileSender.QueuedCounts queued = queue(Collections.nCopies(25, large));

        assertThat(queued.messages()).isEqualTo(25);
        assertThat(QueueDepth.of(sqs, queue.queueUrl()).visible()).isEqualTo(25);
    }

    @Test
    void triesAgainWhatFailedInABatchThatWasAnsweredWithSuccess() throws IOException {
        queue.faults().failEntries("SendMessageBatch", 3, false);

        assertThat(queue(List.of("a", "b", "c", "d")).refused()).isZero();

        assertThat(bodies()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void countsWhatSqsRefusesAndSaysWhy() throws IOException {
        queue.faults().failEntries("SendMessageBatch", 1, true, entry -> entry.contains("token_id"));

        MessageFileSender.QueuedCounts queued = queue(List.of(FlowMessages.message(FlowMessages.token("1", "")), "b"));

        assertThat(queued).isEqualTo(new MessageFileSender.QueuedCounts(1, 0, 1));
        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("messages.ndjson:1:")
                .contains("InternalError");
    }

    @Test
    void stopsWhenRequested() throws IOException {
        Path file = Files.write(folder.resolve("messages.ndjson"), FlowMessages.messages(100));

        new MessageFileSender(file, complaints::add).queue(sqs, queue.queueUrl(), () -> true);

        assertThat(QueueDepth.of(sqs, queue.queueUrl()).total()).isZero();
    }

    @Test
    void queuesEachMessageAtItsTimeAndNothingElse() throws Exception {
        Path file = Files.write(folder.resolve("messages.ndjson"), List.of("a", "", "b\uFFFE", "c", "d"));
        var messages = new MessageFileSender(file, complaints::add);
        var steps = new ArrayList<String>();

        messages.queueOneByOne(sqs, queue.queueUrl(), new MessageFileSender.SendingTurns() {
            @Override
            public boolean await() {
                steps.add(messages.queued().messages() + " queued");
                return messages.queued().messages() < 2;
            }

            @Override
            public void queues(String body) {
                steps.add(body);
            }
        });

        assertThat(steps).containsExactly("0 queued", "a", "1 queued", "c", "2 queued");
        assertThat(bodies()).containsExactly("a", "c");
        assertThat(messages.queued()).isEqualTo(new MessageFileSender.QueuedCounts(2, 0, 1));
    }
}
