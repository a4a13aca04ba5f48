package dev.nftrefresh.local.outcomes;

import dev.nftrefresh.local.queue.EventSourceMappingListener;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what the function and its event source mapping say they do. */
final class InvocationTally implements RefreshMetrics, EventSourceMappingListener {
    private final Map<TokenOutcomeKind, Integer> tokens = new ConcurrentHashMap<>();
    private final Map<RequestOutcomeKind, Integer> requests = new ConcurrentHashMap<>();
    private final AtomicInteger receives = new AtomicInteger();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicInteger invocations = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @Override
    public void tokens(TokenOutcomeKind tokenOutcome, int count) {
        tokens.merge(tokenOutcome, count, Integer::sum);
    }

    @Override
    public void request(RequestOutcomeKind end, int tokensInIt, int bytes, int largestToken) {
        requests.merge(end, 1, Integer::sum);
    }

    @Override
    public void deadLetters(int count) {
        // The dead-letter queue itself has the number.
    }

    @Override
    public void quota(@Nullable Long limit, @Nullable Long remaining) {
        // The stand-in itself knows what it has left.
    }

    @Override
    public void oldestUpdate(Duration age) {
        // A test knows how old its updates are.
    }

    @Override
    public void oldestBulkUpdate(Duration age) {
        // Nor is that of a bulk file's asked for here.
    }

    @Override
    public void problem(OperatorProblem problem) {
        // The tests read the log's word on it.
    }

    @Override
    public void received(int messages) {
        receives.addAndGet(messages);
        inHand.addAndGet(messages);
    }

    @Override
    public void invoked(int messages, int failed) {
        inHand.addAndGet(-messages);
        failures.addAndGet(failed);
        invocations.incrementAndGet();
    }

    @Override
    public void invocationFailed(int messages, String why, @Nullable Throwable cause) {
        inHand.addAndGet(-messages);
        complaints.add(why + (cause == null ? "" : ": " + cause));
        invocations.incrementAndGet();
    }

    @Override
    public void queueFailed(String why, @Nullable Throwable cause) {
        complaints.add(why + (cause == null ? "" : ": " + cause));
    }

    int tokens(TokenOutcomeKind tokenOutcome) {
        return tokens.getOrDefault(tokenOutcome, 0);
    }

    int requests(RequestOutcomeKind end) {
        return requests.getOrDefault(end, 0);
    }

    /** Whether the mapping has received messages whose invocation has not ended. */
    boolean isAtWork() {
        return inHand.get() > 0;
    }

    /** The mapping has stopped: what it has not invoked the function with stays in the queue. */
    void stopped() {
        inHand.set(0);
    }

    /** Deliveries of a message. */
    int receives() {
        return receives.get();
    }

    int invocations() {
        return invocations.get();
    }

    /** Messages that the function reported as failed, each at each report. */
    int batchItemFailures() {
        return failures.get();
    }

    /** Invocations that failed as a whole, and calls of the queue that the mapping gave up. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
