package dev.nftrefresh.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.Answer;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NextShared;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gate and a clock that a test moves: what a test says reads like a timeline in seconds since t0. */
final class GateTimeline {
    /** Tables that tests use answer at once. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    /** A request that nothing more fits into. */
    static final RefreshGate.Request ONE = new RefreshGate.Request(SWORDS, 1, true, false, Lane.LIVE);

    private final RefreshGate gate;
    private Instant now = T0;

    GateTimeline(RefreshGate gate) {
        this.gate = gate;
    }

    /** The moment so many seconds after t0. */
    static Instant t(double seconds) {
        return T0.plusNanos(Math.round(seconds * 1e9));
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** It is now so many seconds after t0. */
    GateTimeline at(double seconds) {
        now = t(seconds);
        return this;
    }

    Answer ask() {
        return gate.ask(ONE, now, PATIENCE);
    }

    /** A request goes; at a pace so fast that it does not matter, right after the one before. */
    Permit granted() {
        Answer answer = ask();
        if (answer instanceof NotBefore paced && paced.retryIn().compareTo(Duration.ofNanos(1000)) <= 0) {
            now = now.plus(paced.retryIn());
            answer = ask();
        }
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).permit();
    }

    /** How long a request has to wait; what goes gives its permit back. */
    Duration waits() {
        return switch (ask()) {
            case NotBefore(Duration retryIn, Why _) -> retryIn;
            case NextShared(Duration retryIn, Duration _, boolean _) -> retryIn;
            case Granted(Permit permit, int _) -> {
                gate.unused(permit, now, PATIENCE);
                yield Duration.ZERO;
            }
        };
    }

    void closedFor(double seconds) {
        assertThat(ask()).isEqualTo(new NotBefore(seconds(seconds), Why.CLOSED));
    }

    void pacedFor(double seconds) {
        assertThat(ask()).isEqualTo(new NotBefore(seconds(seconds), Why.PACED));
    }

    /** The gate waits for an answer: it cannot know how long that takes. */
    void awaitsAnAnswer() {
        Answer answer = ask();
        assertThat(answer).isInstanceOf(NotBefore.class);
        assertThat(((NotBefore) answer).why()).isEqualTo(Why.PACED);
        assertThat(((NotBefore) answer).retryIn()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    }

    /** Says how many requests in a row failed. */
    int answered(Permit permit, RefreshOutcome outcome) {
        return gate.answered(permit, outcome, now, PATIENCE);
    }

    /** A 202 that tells what remains of 100 until t0 + 1 h. */
    static RefreshOutcome accepted(long remaining) {
        return accepted(100L, remaining, t(3600), null);
    }

    static RefreshOutcome accepted(
            @Nullable Long limit, @Nullable Long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        return new RefreshOutcome.Accepted(new Quota(limit, remaining, reset, retryAfter, List.of()));
    }

    static RefreshOutcome acceptedTellingNothing() {
        return new RefreshOutcome.Accepted(Quota.UNKNOWN);
    }

    static RefreshOutcome throttled(@Nullable Long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        return new RefreshOutcome.Throttled(new Quota(null, remaining, reset, retryAfter, List.of()), error(429));
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

    static ApiError error(int status) {
        return new ApiError(status, null, null, null);
    }
}
