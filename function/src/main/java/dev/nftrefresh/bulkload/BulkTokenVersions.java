package dev.nftrefresh.bulkload;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.ExportTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions of one message's tokens, of which several may be updates of one: its newest gets as many nanoseconds as the
 * message's number is, and each older one a nanosecond less than the next. So the newest is older than what a later
 * message says of the token. The others, of which
 * one is sent only if the API refuses the newest, may be as old as what an earlier message says of it.
 */
final class BulkTokenVersions {
    private final long number;
    private final List<Instant> versions = new ArrayList<>(RefreshRequestLimits.TOKENS);
    private final Map<String, List<Integer>> byToken = HashMap.newHashMap(RefreshRequestLimits.TOKENS);

    /** No places yet, in the message of this number. */
    BulkTokenVersions(long number) {
        this.number = number;
    }

    /** Whether a token may stand at one more place: the times of those before it must not fall before all that is read. */
    boolean mayAdd(String tokenId, Instant time) {
        return !byToken.containsKey(tokenId)
                || !time.plusNanos(number - RefreshRequestLimits.TOKENS).isBefore(ExportTime.EARLIEST);
    }

    /**
     * Adds the next place.
     *
     * @param time when the update was made, as its line or its file says; of two with the same time the later one is newer
     */
    void add(String tokenId, Instant time) {
        byToken.computeIfAbsent(tokenId, _ -> new ArrayList<>(1)).add(versions.size());
        versions.add(time.plusNanos(number));
    }

    /** Whether the token has one place only. */
    boolean isAlone(String tokenId) {
        return byToken.getOrDefault(tokenId, List.of()).size() == 1;
    }

    /** The version at each place. */
    List<Instant> versions() {
        byToken.values().forEach(this::order);
        return versions;
    }

    private void order(List<Integer> places) {
        places.sort(Comparator.comparing(versions::get));
        for (int i = places.size() - 2; i >= 0; i--) {
            Instant next = versions.get(places.get(i + 1));
            if (!versions.get(places.get(i)).isBefore(next)) {
                versions.set(places.get(i), next.minusNanos(1));
            }
        }
    }
}
