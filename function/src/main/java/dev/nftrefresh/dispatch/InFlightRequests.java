package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.dispatch.RequestClaimer.ClaimedRequest;
import dev.nftrefresh.dispatch.RequestClaimer.RequestLease;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The requests in flight, each on a thread of its own. The pass's one thread takes their answers and alone decides what
 * follows.
 */
final class InFlightRequests implements AutoCloseable {
    private final RefreshApi api;
    private final PassThreads threads;
    private final BlockingQueue<RequestResult> answers = new LinkedBlockingQueue<>();
    private int count;

    InFlightRequests(RefreshApi api, PassThreads threads) {
        this.api = api;
        this.threads = threads;
    }

    /** A request that was sent. */
    record SentRequest(
            RequestLease lease, ClaimedRequest claimed, Permit permit, int bytes, String apiKey, Instant at) {
        PlannedRequest request() {
            return claimed.request();
        }
    }

    /** A request and its outcome. */
    record RequestResult(SentRequest sent, RefreshOutcome outcome) {}

    void send(SentRequest sent, byte[] body, Duration timeout) {
        count++;
        threads.start(() -> answers.add(new RequestResult(sent, outcome(sent, body, timeout))));
    }

    /** Whatever happens on the other thread, the pass must get a result, as it waits for every answer. */
    private RefreshOutcome outcome(SentRequest sent, byte[] body, Duration timeout) {
        try {
            return api.refresh(sent.request().collection(), body, sent.apiKey(), timeout);
        } catch (RuntimeException | Error e) {
            return new RefreshOutcome.Unknown("The request ended unexpectedly: " + e.getClass());
        }
    }

    /** The next answer, or null if none came within that time. */
    @Nullable
    RequestResult await(Duration timeout) {
        try {
            RequestResult answer = threads.poll(answers, timeout);
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
