package dev.nftrefresh.local.outcomes;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.BulkLoadFunctionSettings;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.RefreshFunctionDependencies;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.SharedState;
import dev.nftrefresh.api.HttpRefreshClient;
import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.dispatch.PassThreads;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.queue.EventSourceMapping;
import dev.nftrefresh.local.queue.EventSourceMappingSettings;
import dev.nftrefresh.local.secrets.StandInSecretsManager;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.telemetry.BulkMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole flow in this JVM: a queue, an event source mapping, copies of the function itself, a secret, and a stand-in
 * for the API that records what it gets. Its time is real time, which a test may advance.
 */
final class LocalSandbox implements AutoCloseable {
    private static final String NAME = "nft-refresh";
    private static final String LOADER = "nft-refresh-bulk-load";
    private static final int MAX_RECEIVES = 1_000;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final SandboxSettings settings;
    private final MovableClock clock = new MovableClock();
    private final LocalSqsQueues queues;
    private final StandInSecretsManager secrets;
    private final StandInRefreshApi api;
    private final SqsClient sqs;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final InvocationTally tally = new InvocationTally();
    private final InMemoryTable table = new InMemoryTable();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Set<String> polled = new LinkedHashSet<>();
    private final List<EventSourceMapping> mappings = new ArrayList<>();

    LocalSandbox(SandboxSettings settings) throws IOException {
        this.settings = settings;
        queues = new LocalSqsQueues(new SqsQueueSettings(NAME, queueVisibilityTimeout(), MAX_RECEIVES), clock);
        secrets = new StandInSecretsManager(settings.secret());
        api = StandInRefreshApi.start(settings.standIn(), clock);
        api.record();
        api.acceptOnly(SandboxSettings.KEY);
        sqs = queues.client();
        polled.add(queues.queueUrl());
    }

    /** Lets the function work. */
    void start() {
        refresh(queues.queueUrl(), queues.queueArn());
    }

    /** Lets the function work on what comes out of bulk files. */
    void startBulk() {
        refresh(queues.bulkRefreshQueueUrl(), queues.bulkRefreshQueueArn());
    }

    private void refresh(String queueUrl, String queueArn) {
        var functionSettings = new RefreshFunctionSettings(
                "sandbox",
                ProducerMessages.CHAIN,
                api.baseUrl(),
                secrets.arn(),
                queues.queueUrl(),
                queues.deadLetterQueueUrl(),
                queueVisibilityTimeout(),
                settings.batchingWindow(),
                settings.requestsPerSecond(),
                QuotaUnit.AUTO,
                queues.bulkRefreshQueueUrl(),
                20,
                10,
                NAME,
                true,
                Duration.ZERO,
                Set.of(LocalSqsQueues.ACCOUNT));
        var copies = IntStream.range(0, settings.copies())
                .mapToObj(i -> settings.around()
                        .apply(new RefreshFunction(functionSettings, parts(functionSettings, "copy-" + i))))
                .toList();
        var mappingSettings = new EventSourceMappingSettings(
                queueUrl,
                queueArn,
                NAME,
                settings.batchSize(),
                settings.batchingWindow(),
                settings.functionTimeout(),
                STOP_TIMEOUT);
        poll(mappingSettings, copies);
    }

    /** Lets copies of the loader of bulk files work, with so much time for an invocation. */
    void startLoading(RequestStreamHandler loader, int copies, Duration timeout) {
        var mappingSettings = new EventSourceMappingSettings(
                queues.bulkQueueUrl(), queues.bulkQueueArn(), LOADER, 1, Duration.ZERO, timeout, STOP_TIMEOUT);
        poll(mappingSettings, Collections.nCopies(copies, loader));
    }

    private void poll(EventSourceMappingSettings mapping, List<? extends RequestStreamHandler> copies) {
        polled.add(mapping.queueUrl());
        mappings.add(EventSourceMapping.start(sqs, mapping, copies, tally, clock));
    }

    BulkLoadFunctionSettings bulkSettings() {
        return new BulkLoadFunctionSettings(
                "sandbox",
                ProducerMessages.CHAIN,
                queues.bulkQueueUrl(),
                queues.bulkRefreshQueueUrl(),
                queues.bulkSettlingQueueUrl(),
                NAME,
                LOADER);
    }

    /** What a loader of this bucket works with. No time passes while it loads, so checkpoints depend on no machine. */
    BulkLoadFunctionDependencies bulkParts(ObjectStore bucket) {
        var standing = Clock.fixed(clock.instant(), clock.getZone());
        return new BulkLoadFunctionDependencies(bucket, sqs, table, BulkMetrics.NONE, logStream(), standing);
    }

    private RefreshFunctionDependencies parts(RefreshFunctionSettings functionSettings, String copy) {
        return new RefreshFunctionDependencies(
                new HttpRefreshClient(api.baseUrl(), clock),
                PassThreads::inRealTime,
                sqs,
                secrets.client(),
                SharedState.in(table, functionSettings, _ -> {}, copy, clock),
                tally,
                logStream(),
                clock,
                new Random(7));
    }

    private PrintStream logStream() {
        return new PrintStream(log, true, StandardCharsets.UTF_8);
    }

    /** Lets the invocations under way end, and starts no more until {@link #start()}. */
    void stop() {
        mappings.forEach(EventSourceMapping::close);
        mappings.clear();
        tally.stopped();
    }

    void send(String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(call -> call.queueUrl(queues.queueUrl()).messageBody(body));
        }
    }

    /** Tells the loader of a bulk file. */
    void sendNotification(String body) {
        sqs.sendMessage(call -> call.queueUrl(queues.bulkQueueUrl()).messageBody(body));
    }

    void send(String body, Map<String, String> attributes) {
        sqs.sendMessage(call -> call.queueUrl(queues.queueUrl())
                .messageBody(body)
                .messageAttributes(QueueReader.attributes(attributes)));
    }

    /** Moves every dead letter so far back unchanged, as an operator would once the cause is fixed. */
    void redrive() {
        List<DeadLetter> letters = deadLetters();
        deadLetters.clear();
        letters.forEach(letter -> send(letter.body(), letter.attributes()));
    }

    /** Starts the function if it does not run, and returns when each message has an outcome. */
    void drain() {
        if (mappings.isEmpty()) {
            start();
        }
        until("the queue is empty", () -> depth().total() == 0);
    }

    /** Like {@link #drain()}, and puts the clock forward whenever all that is left waits. */
    void drainSkippingWaits() {
        drainSkippingWaits(STEP);
    }

    /** The same in steps of this length, for waits of an hour. */
    void drainSkippingWaits(Duration step) {
        if (mappings.isEmpty()) {
            start();
        }
        until("the queue is empty", () -> {
            if (tally.isAtWork()) {
                return false;
            }
            QueueDepth depth = depth();
            if (!tally.isAtWork() && depth.visible() == 0 && depth.total() > 0) {
                clock.advance(step);
            }
            return depth.total() == 0;
        });
    }

    /** Puts the clock forward, step by step, until so many messages of the refresh queue are visible. */
    void advanceUntilVisible(int messages, Duration step) {
        until(messages + " messages are visible", () -> {
            if (depth().visible() >= messages) {
                return true;
            }
            clock.advance(step);
            return false;
        });
    }

    void until(String what, BooleanSupplier condition) {
        ConditionWait.holds(what, condition, () -> this);
    }

    /** Returns when the function has answered for so many invocations in all. */
    void untilInvoked(int times) {
        until("the function was invoked " + times + " times", () -> tally.invocations() >= times);
    }

    /** Puts the clock forward. */
    void advance(Duration time) {
        clock.advance(time);
    }

    MovableClock clock() {
        return clock;
    }

    /** Of the refresh queue, and of the queues of bulk files that are worked on. */
    QueueDepth depth() {
        return polled.stream().map(this::depth).reduce(QueueDepth::plus).orElseThrow();
    }

    /** What the loader has made of bulk files. */
    QueueDepth bulkDepth() {
        return depth(queues.bulkRefreshQueueUrl());
    }

    private QueueDepth depth(String queueUrl) {
        return QueueDepth.of(sqs, queueUrl);
    }

    /** The refresh queue, for looking into while the function is stopped. */
    List<Message> visibleMessages() {
        List<Message> messages = new QueueReader(sqs, queues.queueUrl()).peek(1);
        advance(Duration.ofSeconds(1));
        return messages;
    }

    /** All messages that arrived in the dead-letter queue. */
    List<DeadLetter> deadLetters() {
        for (Message message : new QueueReader(sqs, queues.deadLetterQueueUrl()).take()) {
            deadLetters.add(new DeadLetter(message.body(), QueueReader.attributes(message)));
        }
        return List.copyOf(deadLetters);
    }

    StandInRefreshApi api() {
        return api;
    }

    /** What the API got so far. */
    List<RecordedRequest> requests() {
        return api.recorded();
    }

    LocalSqsQueues queues() {
        return queues;
    }

    StandInSecretsManager secrets() {
        return secrets;
    }

    InvocationTally tally() {
        return tally;
    }

    /** The function's JSON lines. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        api.faults().release();
        stop();
        api.close();
        queues.close();
    }

    @Override
    public String toString() {
        return depth() + ", " + requests().size() + " requests, complaints " + tally.complaints() + ", log:\n" + log();
    }

    private Duration queueVisibilityTimeout() {
        return settings.functionTimeout().plus(settings.batchingWindow()).plusSeconds(30);
    }
}
