package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.BulkLoadFunction;
import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.BulkLoadFunctionSettings;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.queue.EventSourceMapping;
import dev.nftrefresh.local.queue.EventSourceMappingListener;
import dev.nftrefresh.local.queue.EventSourceMappingSettings;
import dev.nftrefresh.local.secrets.StandInSecretsManager;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics.RequestOutcomeKind;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A local sandbox: queues, secret, stand-in for the API, and copies of the function. */
public final class LocalFlow implements AutoCloseable {
    private static final String ENVIRONMENT = "sandbox";
    /** Whose tokens it refreshes: a sandbox's. */
    public static final String CHAIN = "imtbl-zkevm-testnet";

    private static final String NAME = "nft-refresh";
    private static final int MAX_RECEIVES = 1_000;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int EMPTY_POLLS = 2;
    private static final int LIVE_RESERVE_PERCENT = 20;
    private static final Duration TOKEN_INTERVAL = Duration.ofSeconds(10);
    private static final String LOADER = "nft-refresh-bulk-load";
    private static final Duration LEG_MARGIN = Duration.ofSeconds(20);
    /** Counting costs nothing here, and somebody waits. */
    private static final RecountDelays COUNTING_PAUSES =
            new RecountDelays(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final LocalFlowSettings settings;
    private final FunctionCopyFactory copies;
    private final PrintStream log;
    private final Consumer<String> complaints;
    private final Clock clock;
    private final LocalSqsQueues queues;
    private final StandInSecretsManager secrets;
    private final @Nullable StandInRefreshApi standIn;
    private final SqsClient sqs;
    private final InMemoryTable table = new InMemoryTable();
    private final RunMetrics metrics = new RunMetrics();
    private final LongAdder receives = new LongAdder();
    private final LongAdder drained = new LongAdder();
    private final LongAdder underWay = new LongAdder();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Instant startedAt;
    private final LongAdder messagesOfOthers = new LongAdder();
    private final LongAdder tokensOfOthers = new LongAdder();
    private volatile boolean listening;
    private volatile MessageFileSender.QueuedCounts queued = new MessageFileSender.QueuedCounts(0, 0, 0);
    private volatile @Nullable UpdateTracker tracker;
    private volatile @Nullable LocalBulkUpload upload;
    private volatile @Nullable LiveMessageSender live;
    private final List<EventSourceMapping> mappings = new ArrayList<>();

    private LocalFlow(
            LocalFlowSettings settings,
            FunctionCopyFactory copies,
            PrintStream log,
            Consumer<String> complaints,
            Clock clock)
            throws IOException {
        this.settings = settings;
        this.copies = copies;
        this.log = log;
        this.complaints = complaints;
        this.clock = clock;
        queues = new LocalSqsQueues(new SqsQueueSettings(NAME, settings.queueVisibilityTimeout(), MAX_RECEIVES), clock);
        secrets = new StandInSecretsManager(settings.apiKey());
        sqs = queues.client();
        standIn = settings.api() == null ? StandInRefreshApi.start(settings.standIn(), clock) : null;
        if (standIn != null) {
            standIn.acceptOnly(settings.apiKey());
        }
        startedAt = clock.instant();
    }

    /**
     * Starts everything but the function.
     *
     * @param copies makes the function's copies when {@link #process()} starts
     * @param complaints gets sentences about what goes wrong
     */
    public static LocalFlow start(
            LocalFlowSettings settings, FunctionCopyFactory copies, Consumer<String> complaints, Clock clock)
            throws IOException {
        return new LocalFlow(settings, copies, copies.log(), complaints, clock);
    }

    /** Queues the messages of a file, one a line. */
    public void send(Path file) throws IOException {
        var ofFile = new UpdateTracker(CHAIN);
        tracker = ofFile;
        queued = new MessageFileSender(file, complaints, (line, id) -> ofFile.queued(line.number(), id))
                .queue(sqs, queues.queueUrl(), () -> stopping.getCount() == 0);
    }

    /**
     * What became of each update of the file of messages; of dead letters those that were drained. Empty without a
     * file.
     */
    public Optional<FileOutcome> outcome() {
        return Optional.ofNullable(tracker).map(UpdateTracker::outcome);
    }

    /** From now on this is run whenever the API refuses the key, and the secret holds no other one. */
    public void whenKeyRefused(Runnable listener) {
        metrics.whenKeyRefused(listener);
    }

    /** Whether each line could be queued that was to be; what is wrong with the others was complained of. */
    public boolean isAllQueued() {
        LiveMessageSender beside = live;
        return queued.refused() == 0 && (beside == null || beside.isWhole());
    }

    /**
     * Opens the queues to SQS clients of other processes. From now on {@link #process()} lasts until {@link #stop()}.
     *
     * @param port of loopback; 0 takes a free one
     * @return what those clients need, which nobody else knows
     */
    public QueueAccess listen(int port) throws IOException {
        AwsCredentials credentials = RunCredentials.ofSqs();
        URI endpoint = queues.listen(port, credentials, (queue, body) -> {
            if (queue.equals(queues.queueName())) {
                messagesOfOthers.increment();
                tokensOfOthers.add(TokenCounter.of(body));
            }
        });
        listening = true;
        return new QueueAccess(endpoint, queues.queueUrl(endpoint), credentials);
    }

    /** Uploads a bulk file, which is loaded once {@link #process()} starts. */
    public void upload(LocalBulkUpload file) {
        upload = file;
        sqs.sendMessage(send -> send.queueUrl(queues.bulkQueueUrl()).messageBody(file.notification()));
    }

    /** Queues the messages of a file, one a line, as fast as this while {@link #process()} works. */
    public void sendBeside(Path file, SendingRate rate) {
        live = new LiveMessageSender(file, rate, complaints, clock);
    }

    /** Lets the function work until each message has an outcome, or until {@link #stop()}. */
    public void process() throws InterruptedException {
        var functionSettings = new RefreshFunctionSettings(
                ENVIRONMENT,
                CHAIN,
                apiAddress(),
                secrets.arn(),
                queues.queueUrl(),
                queues.deadLetterQueueUrl(),
                settings.queueVisibilityTimeout(),
                settings.batchingWindow(),
                settings.maxRequestsPerSecond(),
                QuotaUnit.AUTO,
                queues.bulkRefreshQueueUrl(),
                LIVE_RESERVE_PERCENT,
                settings.concurrency(),
                NAME,
                true,
                TOKEN_INTERVAL,
                Set.of(LocalSqsQueues.ACCOUNT));
        LocalBulkUpload file = upload;
        LiveMessageSender beside = live;
        var made = copies.make(
                settings.concurrency(),
                functionSettings,
                sqs,
                secrets.client(),
                table,
                metrics,
                ledger -> watched(ledger, beside == null ? null : beside.waits(), tracker));
        if (beside != null) {
            poll(refreshing(queues.queueUrl(), queues.queueArn()).waitingOutWindow(), made, receives);
        } else if (file == null || listening) {
            poll(refreshing(queues.queueUrl(), queues.queueArn()), made, receives);
        }
        if (file != null) {
            poll(refreshing(queues.bulkRefreshQueueUrl(), queues.bulkRefreshQueueArn()), made, receives);
            poll(loading(queues.bulkQueueUrl(), queues.bulkQueueArn()), List.of(loader(file)), new LongAdder());
            poll(
                    loading(queues.bulkSettlingQueueUrl(), queues.bulkSettlingQueueArn()),
                    List.of(loader(file)),
                    new LongAdder());
        }
        Thread sender =
                beside == null ? null : Thread.ofVirtual().name("live-messages").start(() -> queue(beside));
        if (listening) {
            stopping.await();
        } else {
            awaitEmptyQueue(sender);
        }
        closeMappings();
    }

    private static TokenLedger watched(TokenLedger ledger, @Nullable UpdateListener... listeners) {
        TokenLedger watched = ledger;
        for (UpdateListener listener : listeners) {
            watched = listener == null ? watched : new ObservedTokenLedger(watched, listener);
        }
        return watched;
    }

    private void queue(LiveMessageSender messages) {
        try {
            messages.queue(sqs, queues.queueUrl(), stopping);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll(
            EventSourceMappingSettings mapping, List<? extends RequestStreamHandler> handlers, LongAdder received) {
        mappings.add(EventSourceMapping.start(sqs, mapping, handlers, new FlowMappingListener(received), clock));
    }

    private EventSourceMappingSettings refreshing(String queueUrl, String queueArn) {
        return new EventSourceMappingSettings(
                queueUrl,
                queueArn,
                NAME,
                settings.batchSize(),
                settings.batchingWindow(),
                LocalFlowSettings.FUNCTION_TIMEOUT,
                STOP_TIMEOUT);
    }

    private EventSourceMappingSettings loading(String queueUrl, String queueArn) {
        return new EventSourceMappingSettings(
                queueUrl, queueArn, LOADER, 1, Duration.ZERO, LocalFlowSettings.LOADER_TIMEOUT, STOP_TIMEOUT);
    }

    private RequestStreamHandler loader(LocalBulkUpload file) {
        var loaderSettings = new BulkLoadFunctionSettings(
                ENVIRONMENT,
                CHAIN,
                queues.bulkQueueUrl(),
                queues.bulkRefreshQueueUrl(),
                queues.bulkSettlingQueueUrl(),
                NAME,
                LOADER);
        var parts = new BulkLoadFunctionDependencies(file, sqs, table, file.metrics(), log, clock);
        return new BulkLoadFunction(loaderSettings, parts, LEG_MARGIN, COUNTING_PAUSES);
    }

    private void closeMappings() {
        mappings.forEach(EventSourceMapping::close);
        mappings.clear();
    }

    /** Ends {@link #send} and {@link #process()} early. */
    public void stop() {
        stopping.countDown();
    }

    /** Empties the dead-letter queue into a text of one JSON object a line. */
    public void drainDeadLetters(Writer out) throws IOException {
        UpdateTracker ofFile = tracker;
        drained.add(new DeadLetterWriter(sqs, queues.deadLetterQueueUrl()).drainTo(out, letter -> {
            if (ofFile != null) {
                ofFile.deadLetter(letter);
            }
        }));
    }

    /** Messages without an outcome, including those that a file becomes. */
    public QueueDepth depth() {
        QueueDepth live = QueueDepth.of(sqs, queues.queueUrl());
        return upload == null
                ? live
                : live.plus(QueueDepth.of(sqs, queues.bulkQueueUrl()))
                        .plus(QueueDepth.of(sqs, queues.bulkRefreshQueueUrl()))
                        .plus(QueueDepth.of(sqs, queues.bulkSettlingQueueUrl()));
    }

    /** When the next waiting update returns; null if none waits, or if some are being processed. */
    public @Nullable Instant nextReturn() {
        // What is gathered or worked on looks as if it waited: it is in the queue, and cannot be received.
        return underWay.sum() > 0 ? null : queues.nextVisible();
    }

    /** Whether all that is left waits to come back, so that nothing is gathered, worked on or still to be tried. */
    public boolean isAllWaiting() {
        return nextReturn() != null && depth().visible() == 0;
    }

    /**
     * How many tokens are through, for who watches: one counts when its request is accepted. The figures count it when
     * its message is settled, which beside live updates may be a minute later.
     */
    public long tokensThrough() {
        return tokensTaken() + metrics.tokens(TokenOutcomeKind.SUPERSEDED) + metrics.tokens(TokenOutcomeKind.REJECTED);
    }

    /** How many tokens were in accepted requests. */
    public long tokensTaken() {
        return Math.max(metrics.tokens(TokenOutcomeKind.ACCEPTED), metrics.tokensInAcceptedRequests());
    }

    /** Whether each token of the uploaded file has an outcome. */
    public boolean isFileThrough() {
        LocalBulkUpload file = upload;
        return file != null
                && file.metrics().hasEnded()
                && QueueDepth.of(sqs, queues.bulkQueueUrl()).total() == 0
                && QueueDepth.of(sqs, queues.bulkRefreshQueueUrl()).total() == 0;
    }

    /** The stand-in for the API, unless requests go elsewhere. */
    public @Nullable StandInRefreshApi standIn() {
        return standIn;
    }

    public LocalSqsQueues queues() {
        return queues;
    }

    public StandInSecretsManager secrets() {
        return secrets;
    }

    public SqsClient sqs() {
        return sqs;
    }

    /** What was done so far. */
    public RunSummary figures() {
        LocalBulkUpload file = upload;
        MessageFileSender.QueuedCounts sent = file == null
                ? queued
                : new MessageFileSender.QueuedCounts(
                        file.reported("messages_queued"), file.reported("tokens_queued"), 0);
        LiveMessageSender beside = live;
        LiveSummary liveFigures = beside == null ? null : beside.figures();
        long messages =
                sent.messages() + messagesOfOthers.sum() + (liveFigures == null ? 0 : liveFigures.messagesSent());
        return new RunSummary(
                messages,
                sent.tokens() + tokensOfOthers.sum() + (liveFigures == null ? 0 : liveFigures.tokensSent()),
                metrics.tokens(TokenOutcomeKind.ACCEPTED),
                metrics.tokens(TokenOutcomeKind.SUPERSEDED),
                metrics.tokens(TokenOutcomeKind.REJECTED),
                drained.sum() + QueueDepth.of(sqs, queues.deadLetterQueueUrl()).total(),
                receives.sum(),
                metrics.requests(),
                metrics.requests(RequestOutcomeKind.THROTTLED),
                metrics.requests(RequestOutcomeKind.FAILED),
                standIn == null ? 0 : standIn.counts().nonconforming(),
                metrics.largestRequestTokens(),
                metrics.largestRequestBytes(),
                metrics.largestTokenBytes(),
                standIn == null ? 0 : standIn.counts().staleOverwrites(),
                metrics.tokensPerRequest(),
                messages == 0 ? 0 : (double) receives.sum() / messages,
                liveFigures,
                RunSummary.seconds(Duration.between(startedAt, clock.instant())));
    }

    @Override
    public void close() {
        stop();
        closeMappings();
        if (standIn != null) {
            standIn.close();
        }
        queues.close();
    }

    private URI apiAddress() {
        if (standIn != null) {
            return standIn.baseUrl();
        }
        if (settings.api() == null) {
            throw new IllegalStateException("There is neither an API nor a stand-in for it.");
        }
        return settings.api();
    }

    /** A message is in the queue until it is settled, so one empty read would do; a second one costs nothing. */
    private void awaitEmptyQueue(@Nullable Thread sender) throws InterruptedException {
        int empty = 0;
        while (empty < EMPTY_POLLS && !stopping.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean allSent = sender == null || !sender.isAlive();
            empty = allSent && depth().total() == 0 ? empty + 1 : 0;
        }
    }

    private final class FlowMappingListener implements EventSourceMappingListener {
        private final LongAdder received;

        FlowMappingListener(LongAdder received) {
            this.received = received;
        }

        @Override
        public void received(int messages) {
            received.add(messages);
            underWay.add(messages);
        }

        @Override
        public void delivered(Message message) {
            UpdateTracker ofFile = tracker;
            if (ofFile != null) {
                ofFile.delivered(message);
            }
        }

        @Override
        public void invoked(int messages, int failed) {
            // What became of the messages is in the metrics.
            underWay.add(-messages);
        }

        @Override
        public void invocationFailed(int messages, String why, @Nullable Throwable cause) {
            underWay.add(-messages);
            complaints.accept("All " + messages + " messages of an event return: " + why
                    + (cause == null ? "" : ": " + cause) + ".");
        }

        @Override
        public void queueFailed(String why, @Nullable Throwable cause) {
            complaints.accept(why + (cause == null ? "" : " " + cause));
        }
    }
}
