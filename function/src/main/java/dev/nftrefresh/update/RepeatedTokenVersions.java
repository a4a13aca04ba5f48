package dev.nftrefresh.update;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token that occurs twice in one message is newer at its later place. A nanosecond a place expresses that in the
 * version itself, which outlives the message: its parts may be queued again apart from each other.
 */
final class RepeatedTokenVersions {
    /**
     * The last place of a token.
     *
     * @param written the newest time that the producer gave it
     * @param given the version that its newest update got
     */
    private record LastOccurrence(Instant written, Instant given) {}

    private final Map<TokenKey, LastOccurrence> newest;

    RepeatedTokenVersions(int tokens) {
        newest = HashMap.newHashMap(tokens);
    }

    /**
     * The time of this token's update.
     *
     * @param own the token's own {@code updated_at}; two of them say themselves which is newer, unless they are the
     *     same
     * @param message the time of a token that has none
     */
    Instant timeOf(TokenKey key, @Nullable Instant own, Instant message) {
        LastOccurrence before = newest.get(key);
        if (before == null) {
            Instant time = own == null ? message : own;
            newest.put(key, new LastOccurrence(time, time));
            return time;
        }
        Instant written = own == null ? later(message, before.written) : own;
        if (written.isBefore(before.written)) {
            return written;
        }
        Instant given = later(written, before.given.plusNanos(1));
        newest.put(key, new LastOccurrence(written, given));
        return given;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
