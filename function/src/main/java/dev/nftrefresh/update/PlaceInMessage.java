package dev.nftrefresh.update;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token that stands twice in one message is newer at its later place. A nanosecond a place says so in the version
 * itself, which outlives the message: its parts may be queued again apart from each other.
 */
final class PlaceInMessage {
    private final Map<TokenKey, Instant> newest;

    PlaceInMessage(int tokens) {
        newest = HashMap.newHashMap(tokens);
    }

    /**
     * The time of this token's update.
     *
     * @param own the token's own {@code updated_at}; it says itself what is newer, unless it is the same again
     * @param message the time of a token that has none
     */
    Instant timeOf(TokenKey key, @Nullable Instant own, Instant message) {
        Instant time = own == null ? message : own;
        Instant before = newest.get(key);
        if (before != null && (own == null ? !time.isAfter(before) : time.equals(before))) {
            time = before.plusNanos(1);
        }
        if (before == null || time.isAfter(before)) {
            newest.put(key, time);
        }
        return time;
    }
}
