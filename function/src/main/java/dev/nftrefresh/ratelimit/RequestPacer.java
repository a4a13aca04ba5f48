package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spaces requests, so that never more than a given number are sent in any second; unused time is not saved up. Where a
 * limiter in front of the API lets fewer through, the pace halves until that one refuses fewer, and doubles again after
 * {@value #ACCEPTED_UNTIL_FASTER} accepted requests: so one request in that many is answered 429, and not every second
 * one.
 */
final class RequestPacer {
    private static final double NANOS_A_SECOND = 1e9;
    /** A later time was written by a clock that is far ahead. */
    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(5);

    /** At the default of 4 a second, down to one in 2 s: more than any known hourly quota grants. */
    private static final int MAX_HALVINGS = 3;

    private static final int ACCEPTED_UNTIL_FASTER = 50;

    private static final String NEXT = "pace.next";
    private static final String HALVINGS = "pace.halvings";
    private static final String ACCEPTED = "pace.accepted";

    private final Duration shortest;
    private @Nullable Instant next;
    private int halvings;
    private int accepted;

    RequestPacer(double maxRequestsPerSecond, ItemFields fields) {
        // Rounded up: at 3 a second, steps of 333,333,333 ns would let a fourth request into the second.
        shortest = Duration.ofNanos((long) Math.ceil(NANOS_A_SECOND / maxRequestsPerSecond));
        next = fields.instant(NEXT);
        halvings = Math.clamp(fields.number(HALVINGS, 0), 0, MAX_HALVINGS);
        accepted = Math.clamp(fields.number(ACCEPTED, 0), 0, ACCEPTED_UNTIL_FASTER);
    }

    void writeTo(ItemFields fields) {
        fields.put(NEXT, next);
        fields.put(HALVINGS, halvings == 0 ? null : halvings);
        fields.put(ACCEPTED, halvings == 0 ? null : accepted);
    }

    Duration interval() {
        return shortest.multipliedBy(1L << halvings);
    }

    /** How long until the next request may be sent; zero if now. */
    Duration untilNext(Instant now) {
        if (next == null || next.isAfter(now.plus(interval()).plus(LONGEST_AHEAD))) {
            return Duration.ZERO;
        }
        return WaitDurations.until(next, now);
    }

    /** A request was sent. */
    void recordSent(Instant now) {
        next = now.plus(interval());
    }

    /** A limiter that reports no quota refused a request, right after others had passed. */
    void slowDown() {
        halvings = Math.min(halvings + 1, MAX_HALVINGS);
        accepted = 0;
    }

    /** A request was accepted. */
    void recordAccepted() {
        if (halvings > 0 && ++accepted >= ACCEPTED_UNTIL_FASTER) {
            halvings--;
            accepted = 0;
        }
    }

    /** The last request was not sent after all. */
    void undoSent() {
        next = null;
    }
}
