package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The permits of requests that were granted and are not answered yet. */
final class InFlightPermits {
    /** The holder of an older permit is assumed to have crashed: otherwise it would block the others forever. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(5);

    private static final String PERMITS = "under_way";

    private final List<Permit> permits = new ArrayList<>();

    InFlightPermits(ItemFields fields) {
        for (String permit : fields.texts(PERMITS)) {
            String[] parts = permit.split(",", -1);
            permits.add(new Permit(
                    Long.parseLong(parts[0]), Rfc3339TimeParser.parse(parts[1]), Integer.parseInt(parts[2])));
        }
    }

    void writeTo(ItemFields fields) {
        fields.put(
                PERMITS,
                permits.stream()
                        .map(permit -> permit.number() + "," + permit.grantedAt() + "," + permit.tokens())
                        .toList());
    }

    void add(Permit permit) {
        permits.add(permit);
    }

    /** Returns whether it was still in flight: a permit is given back only once. */
    boolean remove(Permit permit) {
        return permits.removeIf(one -> one.number() == permit.number());
    }

    /** Discards permits whose holder has crashed, or whose clock is far ahead. */
    void expire(Instant now) {
        permits.removeIf(
                permit -> !permit.grantedAt().plus(LONGEST).isAfter(now) || isFarAhead(permit.grantedAt(), now));
    }

    /** Whether it was written by a clock so far ahead that it means nothing. */
    static boolean isFarAhead(Instant time, Instant now) {
        return time.minus(LONGEST_AHEAD).isAfter(now);
    }

    /** How long the oldest permit has been in flight; very long where a clock that is ahead makes that unknown. */
    Duration longest(Instant now) {
        return permits.stream()
                .map(permit -> permit.grantedAt().isAfter(now) ? LONGEST : WaitDurations.until(now, permit.grantedAt()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    int requests() {
        return permits.size();
    }

    long tokens() {
        return permits.stream().mapToLong(Permit::tokens).sum();
    }
}
