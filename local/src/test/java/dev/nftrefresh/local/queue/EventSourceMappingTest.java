package dev.nftrefresh.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.local.SettableClock;
import dev.nftrefresh.local.queue.RecordingHandler.HandlerInvocation;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@SuppressWarnings("NullAway.Init")
class EventSourceMappingTest {
    private static final Duration NO_WINDOW = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    /** The queue's time, so that a test decides when messages return. */
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00Z"));

    private final RecordedMappingEvents events = new RecordedMappingEvents();
    private LocalSqsQueues queue;
    private SqsClient sqs;
    private EventSourceMapping mapping;

    @BeforeEach
    void startQueue() {
        queue = new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofSeconds(90), 1_000), clock);
        sqs = queue.client();
    }

    @AfterEach
    void stop() {
        if (mapping != null) {
            mapping.close();
        }
        sqs.close();
        queue.close();
    }

    private void map(int batchSize, Duration window, Duration timeout, RecordingHandler... copies) {
        map(settings(batchSize, window, timeout), copies);
    }

    private EventSourceMappingSettings settings(int batchSize, Duration window, Duration timeout) {
        return new EventSourceMappingSettings(
                queue.queueUrl(), queue.queueArn(), "refresh", batchSize, window, timeout, Duration.ofSeconds(20));
    }

    private void map(EventSourceMappingSettings settings, RecordingHandler... copies) {
        mapping = EventSourceMapping.start(sqs, settings, List.of(copies), events, Clock.systemUTC());
    }

    private void send(String... bodies) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(body)
                    .build());
        }
        assertThat(sqs.sendMessageBatch(call -> call.queueUrl(queue.queueUrl()).entries(entries))
                        .failed())
                .isEmpty();
    }

    private QueueDepth depth() {
        return QueueDepth.of(sqs, queue.queueUrl());
    }

    private static String failing(JsonNode event, String body) {
        for (JsonNode one : event.get("Records")) {
            if (one.get("body").asText().equals(body)) {
                return "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                        + one.get("messageId").asText() + "\"}]}";
            }
        }
        return RecordingHandler.ALL_DONE;
    }

    @Test
    void givesTheFunctionTheEventThatLambdaGives() throws Exception {
        sqs.sendMessage(call -> call.queueUrl(queue.queueUrl())
                .messageBody("{\"é\":\"\\\"\"}")
                .messageAttributes(Map.of(
                        "Attempts",
                        MessageAttributeValue.builder()
                                .dataType("Number")
                                .stringValue("3")
                                .build())));
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(10, NO_WINDOW, LONG, function);

        HandlerInvocation invocation = function.next();

        assertThat(invocation.event().get("Records")).hasSize(1);
        JsonNode message = invocation.event().get("Records").get(0);
        assertThat(message.get("body").asText()).isEqualTo("{\"é\":\"\\\"\"}");
        assertThat(message.get("messageId").asText()).isNotEmpty();
        assertThat(message.get("receiptHandle").asText()).isNotEmpty();
        assertThat(message.get("md5OfBody").asText()).hasSize(32);
        assertThat(message.get("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(message.get("eventSourceARN").asText()).isEqualTo(queue.queueArn());
        assertThat(message.get("awsRegion").asText()).isEqualTo("us-east-1");
        String now = String.valueOf(clock.millis());
        assertThat(message.get("attributes").get("ApproximateReceiveCount").asText())
                .isEqualTo("1");
        assertThat(message.get("attributes").get("SentTimestamp").asText()).isEqualTo(now);
        assertThat(message.get("attributes")
                        .get("ApproximateFirstReceiveTimestamp")
                        .asText())
                .isEqualTo(now);
        assertThat(message.get("attributes").has("SenderId")).isTrue();
        assertThat(message.get("messageAttributes").toString())
                .isEqualTo("{\"Attempts\":{\"stringValue\":\"3\",\"stringListValues\":[],\"binaryListValues\":[],"
                        + "\"dataType\":\"Number\"}}");
    }

    @Test
    void passesTheFunctionItsNameAndTimeout() throws Exception {
        send("a");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(10, NO_WINDOW, Duration.ofSeconds(30), function);

        var context = function.next().context();

        assertThat(context.getFunctionName()).isEqualTo("refresh");
        assertThat(context.getAwsRequestId()).hasSize(36);
        assertThat(context.getRemainingTimeInMillis()).isBetween(1, 30_000);
        assertThat(context.getMemoryLimitInMB()).isPositive();
    }

    @Test
    void deletesMessagesThatTheFunctionDoesNotReportAndLeavesTheRest() throws Exception {
        send("good", "bad", "fine");
        var function = new RecordingHandler(event -> failing(event, "bad"));
        map(3, LONG, LONG, function);

        assertThat(events.nextEnd()).isEqualTo("1 of 3 failed");

        assertThat(depth()).isEqualTo(new QueueDepth(0, 1, 0));
        assertThat(function.next().bodies()).containsExactly("good", "bad", "fine");
    }

    @Test
    void deliversAFailedMessageAgainOnceItsVisibilityTimeoutIsOver() throws Exception {
        send("bad");
        var function = new RecordingHandler(event -> event.toString().contains("\"ApproximateReceiveCount\":\"1\"")
                ? failing(event, "bad")
                : RecordingHandler.ALL_DONE);
        map(1, LONG, LONG, function);
        assertThat(events.nextEnd()).isEqualTo("1 of 1 failed");

        clock.advance(Duration.ofSeconds(90));

        assertThat(events.nextEnd()).isEqualTo("0 of 1 failed");
        assertThat(depth().total()).isZero();
        assertThat(events.received).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{\"batchItemFailures\":{}}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"messageId\":\"x\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"of no message\"}]}",
                "{\"batchItemFailures\":[]} and more"
            })
    void returnsEverythingWhenTheAnswerCannotBeUnderstood(String answer) throws Exception {
        send("a", "b");
        map(2, LONG, LONG, new RecordingHandler(_ -> answer));

        assertThat(events.nextEnd()).startsWith("all 2 failed: ");

        assertThat(depth()).isEqualTo(new QueueDepth(0, 2, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
    void deletesEverythingWhenNothingIsReported(String answer) throws Exception {
        send("a", "b");
        map(2, LONG, LONG, new RecordingHandler(_ -> answer));

        assertThat(events.nextEnd()).isEqualTo("0 of 2 failed");

        assertThat(depth().total()).isZero();
    }

    @Test
    void returnsEverythingWhenTheFunctionThrows() throws Exception {
        send("a");
        map(1, LONG, LONG, new RecordingHandler(_ -> {
            throw new IllegalArgumentException("out of order");
        }));

        assertThat(events.nextEnd()).isEqualTo("all 1 failed: the function threw");

        assertThat(depth()).isEqualTo(new QueueDepth(0, 1, 0));
    }

    @Test
    void interruptsTheFunctionAtItsTimeoutAndReturnsEverything() throws Exception {
        send("a");
        var interrupted = new CountDownLatch(1);
        map(1, LONG, Duration.ofMillis(50), new RecordingHandler(_ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return RecordingHandler.ALL_DONE;
        }));

        assertThat(events.nextEnd()).startsWith("all 1 failed: the function timed out");

        interrupted.await();
        assertThat(depth()).isEqualTo(new QueueDepth(0, 1, 0));
    }

    @Test
    void invokesAsSoonAsTheBatchIsFull() throws Exception {
        send("1", "2", "3", "4", "5", "6", "7");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(3, LONG, LONG, function);

        assertThat(function.next().bodies()).containsExactly("1", "2", "3");
        assertThat(function.next().bodies()).containsExactly("4", "5", "6");

        assertThat(events.nextEnd()).isEqualTo("0 of 3 failed");
        assertThat(events.nextEnd()).isEqualTo("0 of 3 failed");
        assertThat(function.wasInvokedAgain()).isFalse();
    }

    @Test
    void invokesWhenTheWindowEndsWithTheMessagesSoFar() throws Exception {
        send("1", "2");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(10_000, Duration.ofMillis(200), LONG, function);

        assertThat(function.next().bodies()).containsExactly("1", "2");
    }

    @Test
    void invokesBeforeTheWindowEndsWhenNothingMoreSeemsToCome() throws Exception {
        send("1", "2");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(10_000, LONG, LONG, function);

        assertThat(function.next().bodies()).containsExactly("1", "2");
    }

    @Test
    void waitsForTheWholeWindowIfMessagesArriveOneByOne() throws Exception {
        send("1", "2");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        Instant start = Clock.systemUTC().instant();
        map(settings(10_000, Duration.ofSeconds(2), LONG).waitingOutWindow(), function);

        assertThat(function.next().bodies()).containsExactly("1", "2");

        assertThat(Duration.between(start, Clock.systemUTC().instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void collectsManyMessagesIntoOneEvent() throws Exception {
        for (int call = 0; call < 30; call++) {
            send(IntStream.range(0, 10).mapToObj(String::valueOf).toArray(String[]::new));
        }
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(300, LONG, LONG, function);

        assertThat(function.next().bodies()).hasSize(300);

        assertThat(events.nextEnd()).isEqualTo("0 of 300 failed");
        assertThat(depth().total()).isZero();
    }

    @Test
    void neverMakesAnEventLargerThanLambdaTakes() throws Exception {
        String body = "x".repeat(1_000_000);
        for (int message = 0; message < 8; message++) {
            send(message + body);
        }
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(8, Duration.ofSeconds(2), LONG, function);

        HandlerInvocation first = function.next();
        HandlerInvocation second = function.next();

        assertThat(first.bodies()).hasSize(6);
        assertThat(first.bytes()).isLessThanOrEqualTo(6_291_456);
        assertThat(second.bodies()).hasSize(2);
        assertThat(events.nextEnd()).isEqualTo("0 of 6 failed");
        assertThat(events.nextEnd()).isEqualTo("0 of 2 failed");
        assertThat(depth().total()).isZero();
    }

    @Test
    void buildsAnEventOfItsOwnForEachCopy() throws Exception {
        var both = new CountDownLatch(2);
        RecordingHandler.HandlerAnswer together = _ -> {
            both.countDown();
            both.await();
            return RecordingHandler.ALL_DONE;
        };
        var one = new RecordingHandler(together);
        var other = new RecordingHandler(together);
        send("1", "2");
        map(1, LONG, LONG, one, other);

        assertThat(List.of(one.next().bodies(), other.next().bodies()))
                .containsExactlyInAnyOrder(List.of("1"), List.of("2"));
    }

    @Test
    void triesAgainToDeleteWhatFailedInABatchThatWasAnsweredWithSuccess() throws Exception {
        queue.faults().failEntries("DeleteMessageBatch", 2, false);
        send("a", "b", "c");
        map(3, LONG, LONG, new RecordingHandler(_ -> RecordingHandler.ALL_DONE));

        assertThat(events.nextEnd()).isEqualTo("0 of 3 failed");

        assertThat(depth().total()).isZero();
        assertThat(events.queueFailures).isEmpty();
    }

    @Test
    void saysSoWhenSomethingCannotBeDeleted() throws Exception {
        queue.faults().failEntries("DeleteMessageBatch", 100, false);
        send("a");
        map(1, LONG, LONG, new RecordingHandler(_ -> RecordingHandler.ALL_DONE));

        assertThat(RecordedMappingEvents.next(events.queueFailures)).startsWith("1 messages could not be deleted");

        assertThat(events.nextEnd()).isEqualTo("0 of 1 failed");
        assertThat(depth()).isEqualTo(new QueueDepth(0, 1, 0));
    }

    @Test
    void continuesWhenAReceiveFails() throws Exception {
        queue.faults().failCalls("ReceiveMessage", 10);
        send("a");
        map(1, LONG, LONG, new RecordingHandler(_ -> RecordingHandler.ALL_DONE));

        assertThat(events.nextEnd()).isEqualTo("0 of 1 failed");

        assertThat(RecordedMappingEvents.next(events.queueFailures)).startsWith("A receive failed");
    }

    @Test
    void letsTheRunningInvocationEndWhenItIsClosed() throws Exception {
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        send("a");
        map(1, LONG, LONG, new RecordingHandler(_ -> {
            running.countDown();
            goOn.await();
            return RecordingHandler.ALL_DONE;
        }));
        running.await();

        Thread closing = Thread.ofVirtual().start(mapping::close);
        goOn.countDown();
        closing.join();

        assertThat(events.nextEnd()).isEqualTo("0 of 1 failed");
        assertThat(depth().total()).isZero();
    }

    @Test
    void leavesAHalfFilledEventInTheQueueWhenItIsClosed() throws Exception {
        send("a");
        var function = new RecordingHandler(_ -> RecordingHandler.ALL_DONE);
        map(10, LONG, LONG, function);
        while (events.received.get() == 0) {
            Thread.onSpinWait();
        }

        mapping.close();

        assertThat(function.wasInvokedAgain()).isFalse();
        assertThat(depth().total()).isEqualTo(1);
    }
}
