package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitDecision;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies of the function that share one rate limiter, and an API that reports its quota correctly and answers at once.
 */
final class SharedRateLimiter {
    static final PermitRequest FULL = new PermitRequest(RateLimiterTimeline.SWORDS, 250, true, false, UpdateLane.LIVE);

    private final List<TableRateLimiter> copies;
    private final long limit;
    private double now;
    private long remaining;
    private double reset;

    /** So many copies, and so many units an hour. */
    SharedRateLimiter(int copies, QuotaUnit unit, long limit) {
        this(copies, unit, limit, new InMemoryTable());
    }

    SharedRateLimiter(int copies, QuotaUnit unit, long limit, SharedTable table) {
        this(copies, new RateLimiterSettings(1e9, unit, 20), limit, table);
    }

    SharedRateLimiter(int copies, RateLimiterSettings settings, long limit, SharedTable table) {
        this.copies = IntStream.range(0, copies)
                .mapToObj(i -> new TableRateLimiter(table, settings, "copy-" + i))
                .toList();
        this.limit = limit;
        remaining = limit;
        reset = 3600;
    }

    SharedRateLimiter at(double seconds) {
        now = seconds;
        if (now >= reset) {
            reset = now + 3600;
            remaining = limit;
        }
        return this;
    }

    static PermitRequest partly(int tokens) {
        return new PermitRequest(RateLimiterTimeline.SWORDS, tokens, false, false, UpdateLane.LIVE);
    }

    PermitDecision ask(int copy, PermitRequest size) {
        PermitDecision answer = copies.get(copy).tryAcquire(size, t(now), PATIENCE);
        if (answer instanceof Denied paced && paced.retryIn().compareTo(Duration.ofNanos(1000)) <= 0) {
            now += 1e-6;
            answer = copies.get(copy).tryAcquire(size, t(now), PATIENCE);
        }
        return answer;
    }

    /** A request of this size is sent, costs so much, and is answered at once. */
    int sends(int copy, PermitRequest size, long cost) {
        PermitDecision answer = ask(copy, size);
        assertThat(answer).isInstanceOf(Granted.class);
        var granted = (Granted) answer;
        remaining -= cost;
        copies.get(copy).recordOutcome(granted.permit(), accepted(), t(now), PATIENCE);
        return granted.tokens();
    }

    private RefreshOutcome accepted() {
        Duration wait = Duration.between(t(now), t(reset));
        return new RefreshOutcome.Accepted(new ReportedQuota(limit, remaining, t(reset), wait, List.of()));
    }

    void holdsBackFor(int copy, PermitRequest size, double seconds) {
        assertThat(ask(copy, size))
                .isEqualTo(new Denied(RateLimiterTimeline.seconds(seconds), DenialReason.PARTLY_FILLED));
    }

    void isClosedFor(int copy, double seconds) {
        assertThat(ask(copy, FULL)).isEqualTo(new Denied(RateLimiterTimeline.seconds(seconds), DenialReason.CLOSED));
    }

    /** In how many seconds each of so many requests of this size is to return. */
    List<Double> returnDelays(int copy, PermitRequest size, int count) {
        return copies.get(copy).scheduleReturns(Collections.nCopies(count, size), t(now), PATIENCE).stream()
                .map(wait -> wait.toMillis() / 1000.0)
                .toList();
    }

    /** A partly filled request of this collection is held back; returns in how many seconds it may be sent. */
    double reservedDelay(int copy, PermitRequest request) {
        return copies.get(copy).reserveSendTime(request, t(now), PATIENCE).toMillis() / 1000.0;
    }

    TableRateLimiter copy(int copy) {
        return copies.get(copy);
    }

    long remaining() {
        return remaining;
    }
}
