package dev.nftrefresh.pass;

import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pass.Loading.Lease;
import dev.nftrefresh.pass.Loading.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way: each on a thread of its own, their answers taken by the pass's one thread, which
 * alone decides what follows.
 */
final class InFlight implements AutoCloseable {
    private final RefreshApi api;
    private final PassThreads threads;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private int count;

    InFlight(RefreshApi api, PassThreads threads) {
        this.api = api;
        this.threads = threads;
    }

    /** A request that was sent. */
    record Sent(Lease lease, Load load, Permit permit, int bytes, String apiKey, Instant at) {
        PlannedRequest request() {
            return load.request();
        }
    }

    /** What came of it. */
    record Answer(Sent sent, RefreshOutcome outcome) {}

    void send(Sent sent, byte[] body, Duration timeout) {
        count++;
        threads.start(() -> answers.add(new Answer(sent, outcome(sent, body, timeout))));
    }

    /** Whatever happens on the other thread, the pass must hear of it: it waits for every answer. */
    private RefreshOutcome outcome(Sent sent, byte[] body, Duration timeout) {
        try {
            return api.refresh(sent.request().collection(), body, sent.apiKey(), timeout);
        } catch (RuntimeException | Error e) {
            return new RefreshOutcome.Unknown("The request ended unexpectedly: " + e.getClass());
        }
    }

    /** The next answer, or null if none came within that time. */
    @Nullable
    Answer await(Duration atMost) {
        try {
            Answer answer = threads.poll(answers, atMost);
            count -= answer == null ? 0 : 1;
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted while requests were under way.", e);
        }
    }

    int count() {
        return count;
    }

    @Override
    public void close() {
        threads.close();
    }
}
