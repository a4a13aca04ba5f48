package dev.nftrefresh.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * When an invocation must have ended, and how much time that leaves for requests and for calls to the table.
 *
 * @param end when Lambda ends the invocation
 * @param settlementTime reserved for settling the messages
 * @param clock that times calls to the table: each leaves less for the next
 */
record InvocationDeadline(Instant end, Duration settlementTime, InstantSource clock) {
    /** The API answers in a fraction of a second; after ten seconds the answer counts as lost. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** With less time than this no request is begun: it would more likely be cut off than answered. */
    static final Duration MIN_REQUEST_TIME = Duration.ofSeconds(2);
    /** Up to this, waiting in the invocation costs less than receiving every message again. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);
    /** For recording outcomes that arrive at the last moment: an acceptance without a record is sent again. */
    private static final Duration RECORDING_TIME = Duration.ofMillis(500);
    /** DynamoDB answers in milliseconds, but the first call of a copy loads classes and opens a connection. */
    private static final Duration LONGEST_TABLE_CALL = Duration.ofSeconds(8);

    /** For so many messages: two seconds, and a millisecond for each, as a call for ten of them takes about ten. */
    static InvocationDeadline of(Instant end, int messages, InstantSource clock) {
        return new InvocationDeadline(end, Duration.ofSeconds(2).plusMillis(messages), clock);
    }

    /** Whether to wait here rather than return: the wait is short, and a request may still begin after it. */
    boolean allowsWaiting(Duration wait, Instant now) {
        return wait.compareTo(SHORT_WAIT) <= 0 && timeoutAt(now.plus(wait)) != null;
    }

    /** Whether to wait here for the next call that bulk and live updates share: a request may still begin after it. */
    boolean allowsHolding(Duration wait, Instant now) {
        return timeoutAt(now.plus(wait)) != null;
    }

    /** How many requests can still be sent at this interval, the first one now. */
    int requestsEvery(Duration interval, Instant now) {
        Duration left = Duration.between(
                now, end.minus(settlementTime).minus(RECORDING_TIME).minus(MIN_REQUEST_TIME));
        return left.isNegative() || interval.isZero()
                ? Integer.MAX_VALUE
                : 1 + Math.toIntExact(Math.min(1_000, left.dividedBy(interval)));
    }

    /** The timeout of a request that begins then, or null if none may begin. */
    @Nullable
    Duration timeoutAt(Instant begin) {
        Duration left = Duration.between(begin, end.minus(settlementTime).minus(RECORDING_TIME));
        if (left.compareTo(MIN_REQUEST_TIME) < 0) {
            return null;
        }
        return left.compareTo(REQUEST_TIMEOUT) < 0 ? left : REQUEST_TIMEOUT;
    }

    /** How long a call to the table that begins now may take; zero if there is no time left for one. */
    Duration tableCallTimeout() {
        Duration left = Duration.between(clock.instant(), end.minus(settlementTime));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_TABLE_CALL) < 0 ? left : LONGEST_TABLE_CALL;
    }
}
