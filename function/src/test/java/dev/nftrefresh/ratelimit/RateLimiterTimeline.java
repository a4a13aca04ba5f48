package dev.nftrefresh.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.AwaitSharedCall;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitDecision;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rate limiter and a clock that a test moves, so that a test reads like a timeline in seconds since t0. */
final class RateLimiterTimeline {
    /** More than a test's table needs, as it answers at once. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    /** A full request. */
    static final RateLimiter.PermitRequest ONE = new RateLimiter.PermitRequest(SWORDS, 1, true, false, UpdateLane.LIVE);

    private final RateLimiter limiter;
    private Instant now = T0;

    RateLimiterTimeline(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /** The moment so many seconds after t0. */
    static Instant t(double seconds) {
        return T0.plusNanos(Math.round(seconds * 1e9));
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** It is now so many seconds after t0. */
    RateLimiterTimeline at(double seconds) {
        now = t(seconds);
        return this;
    }

    PermitDecision ask() {
        return limiter.tryAcquire(ONE, now, PATIENCE);
    }

    /** A request is granted; where the pace is too fast to matter, right after the one before. */
    Permit granted() {
        PermitDecision answer = ask();
        if (answer instanceof Denied paced && paced.retryIn().compareTo(Duration.ofNanos(1000)) <= 0) {
            now = now.plus(paced.retryIn());
            answer = ask();
        }
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).permit();
    }

    /** How long a request has to wait; if it is granted, it gives its permit back. */
    Duration waits() {
        return switch (ask()) {
            case Denied(Duration retryIn, DenialReason _) -> retryIn;
            case AwaitSharedCall(Duration retryIn, Duration _, boolean _) -> retryIn;
            case Granted(Permit permit, int _) -> {
                limiter.releaseUnused(permit, now, PATIENCE);
                yield Duration.ZERO;
            }
        };
    }

    void closedFor(double seconds) {
        assertThat(ask()).isEqualTo(new Denied(seconds(seconds), DenialReason.CLOSED));
    }

    void pacedFor(double seconds) {
        assertThat(ask()).isEqualTo(new Denied(seconds(seconds), DenialReason.PACED));
    }

    /** The rate limiter waits for an answer: it cannot know how long that takes. */
    void awaitsAnAnswer() {
        PermitDecision answer = ask();
        assertThat(answer).isInstanceOf(Denied.class);
        assertThat(((Denied) answer).reason()).isEqualTo(DenialReason.PACED);
        assertThat(((Denied) answer).retryIn()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    }

    /** Returns how many requests in a row failed. */
    int answered(Permit permit, RefreshOutcome outcome) {
        return limiter.recordOutcome(permit, outcome, now, PATIENCE);
    }

    /** A 202 that reports what remains of 100 until t0 + 1 h. */
    static RefreshOutcome accepted(long remaining) {
        return accepted(100L, remaining, t(3600), null);
    }

    static RefreshOutcome accepted(
            @Nullable Long limit, @Nullable Long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        return new RefreshOutcome.Accepted(new ReportedQuota(limit, remaining, reset, retryAfter, List.of()));
    }

    static RefreshOutcome acceptedWithoutQuota() {
        return new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN);
    }

    static RefreshOutcome throttled(@Nullable Long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        return new RefreshOutcome.Throttled(
                new ReportedQuota(null, remaining, reset, retryAfter, List.of()), error(429));
    }

    /** A 429 that asks for a wait. */
    static RefreshOutcome throttledFor(double seconds) {
        return throttled(null, null, seconds(seconds));
    }

    static RefreshOutcome throttledTellingNothing() {
        return throttled(null, null, null);
    }

    static RefreshOutcome unanswered() {
        return new RefreshOutcome.Unknown("No answer.");
    }

    static ApiErrorResponse error(int status) {
        return new ApiErrorResponse(status, null, null, null);
    }
}
