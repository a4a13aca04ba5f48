package dev.nftrefresh.pacing;

import dev.nftrefresh.table.Notes;
import dev.nftrefresh.time.Rfc3339Time;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When partly filled requests that were held back may go, for each collection: what was promised once is not put off
 * again, however much others spend meanwhile.
 */
final class PartlyFilled {
    /** More would make the item large, for little: then one waits as if it were held back for the first time. */
    private static final int MOST = 16;
    /** Who did not come for it by then rode along with somebody else. */
    private static final Duration KEPT = Duration.ofMinutes(2);
    /** Who comes for it comes within this: an event is gathered for some seconds. */
    private static final Duration COMES_WITHIN = Duration.ofSeconds(10);

    private static final String PROMISED = "partly_filled.promised";

    private final LinkedHashMap<String, Instant> promised = new LinkedHashMap<>();

    PartlyFilled(Notes notes) {
        for (String mark : notes.texts(PROMISED)) {
            int at = mark.indexOf('@');
            promised.put(mark.substring(0, at), Rfc3339Time.parse(mark.substring(at + 1)));
        }
    }

    void note(Notes notes) {
        notes.put(
                PROMISED,
                promised.entrySet().stream()
                        .map(mark -> mark.getKey() + "@" + mark.getValue())
                        .toList());
    }

    /** When the next one of this collection may go; null if none was held back. */
    @Nullable
    Instant of(CollectionId collection) {
        return promised.get(collection.contractAddress());
    }

    /** One is held back until then. */
    void promise(CollectionId collection, Instant then) {
        if (promised.size() < MOST || promised.containsKey(collection.contractAddress())) {
            promised.put(collection.contractAddress(), then);
        }
    }

    /** A partly filled one of this collection went, and took along who waited. */
    void went(CollectionId collection) {
        promised.remove(collection.contractAddress());
    }

    /** Forgets those who do not come. */
    void look(Instant now) {
        promised.values().removeIf(then -> !then.plus(KEPT).isAfter(now));
    }

    /** How many others may go now, and are to find their unit when they come. */
    long dueBeside(CollectionId collection, Instant now) {
        return promised.entrySet().stream()
                .filter(mark -> !mark.getKey().equals(collection.contractAddress()))
                .filter(mark -> !mark.getValue().isAfter(now)
                        && mark.getValue().plus(COMES_WITHIN).isAfter(now))
                .count();
    }
}
