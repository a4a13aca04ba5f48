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
 * The versions of one message's tokens, several of which may be updates of one token. The newest update gets as many
 * nanoseconds as the message's number, and each older one a nanosecond less than the next. So the newest is older than
 * updates of the token in later messages. The others, which are sent only if the API refuses the newest, may be as old
 * as updates in earlier messages.
 */
final class BulkTokenVersions {
    private final long number;
    private final List<Instant> versions = new ArrayList<>(RefreshRequestLimits.TOKENS);
    private final Map<String, List<Integer>> byToken = HashMap.newHashMap(RefreshRequestLimits.TOKENS);

    /** For the message of this number, without places yet. */
    BulkTokenVersions(long number) {
        this.number = number;
    }

    /** Whether a token may have one more place: earlier updates' times must not fall before the earliest valid time. */
    boolean mayAdd(String tokenId, Instant time) {
        return !byToken.containsKey(tokenId)
                || !time.plusNanos(number - RefreshRequestLimits.TOKENS).isBefore(ExportTime.EARLIEST);
    }

    /**
     * Adds the next place.
     *
     * @param time when the update was made, from its line or its file; of two with the same time the later one is newer
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
