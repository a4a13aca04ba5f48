package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The requests that were granted and not answered. */
final class InFlightPermits {
    /** The holder of a permit that old is taken for dead, else it would block the others forever. */
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

    /** Whether it was still under way: a permit is given back once. */
    boolean remove(Permit permit) {
        return permits.removeIf(one -> one.number() == permit.number());
    }

    /** Forgets the dead, and who comes from a clock that is far ahead. */
    void expire(Instant now) {
        permits.removeIf(
                permit -> !permit.grantedAt().plus(LONGEST).isAfter(now) || isFarAhead(permit.grantedAt(), now));
    }

    /** Whether it was written by a clock that is so far ahead that it says nothing. */
    static boolean isFarAhead(Instant time, Instant now) {
        return time.minus(LONGEST_AHEAD).isAfter(now);
    }

    /** How long the first of them has been under way; very long where a clock that is ahead tells nothing of that. */
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
