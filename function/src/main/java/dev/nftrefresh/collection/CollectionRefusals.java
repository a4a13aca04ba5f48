package dev.nftrefresh.collection;

import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The refused collections in the stack's table, an item each; a collection that nobody refuses has none. Safe for use by
 * many threads. Where the table cannot be reached, a copy goes on by what the answer that it has just seen says alone.
 */
public final class CollectionRefusals {
    /** A refusal counts for a day after its last answer, and a message lives 14 days. */
    private static final Duration KEPT = Duration.ofDays(15);
    /** Each round that fails is another copy's success, which says much the same. */
    private static final int ROUNDS = 3;

    /** Far more than a stack has; one that was forgotten is only counted from its first answer again. */
    private static final int MOST_UNTOLD = 100;

    private final Table table;
    /** Collections of which something was accepted, when the table could not be told; this copy goes by it alone. */
    private final Map<CollectionId, Instant> untold = new LinkedHashMap<>();

    /** Those in this table. */
    public CollectionRefusals(Table table) {
        this.table = table;
    }

    private static Table.Key key(CollectionId collection) {
        return new Table.Key("collection " + collection, "refusal");
    }

    /** The refused ones among these collections; one that cannot be read is absent. */
    public Map<CollectionId, CollectionRefusal> read(Collection<CollectionId> collections, Duration atMost) {
        Map<Table.Key, Item> items = table.read(
                        collections.stream().map(CollectionRefusals::key).toList(), atMost)
                .found();
        var refusals = new HashMap<CollectionId, CollectionRefusal>();
        for (CollectionId collection : collections) {
            CollectionRefusal refusal = known(collection, items.get(key(collection)));
            if (refusal != null) {
                refusals.put(collection, refusal);
            }
        }
        return refusals;
    }

    /**
     * The API refused the collection itself.
     *
     * @param accepted when a request was accepted last, of whatever collection; null if that is not known
     */
    public CollectionRefusal refused(
            CollectionId collection, Cause cause, @Nullable Instant accepted, Instant now, Duration atMost) {
        return changed(collection, known -> CollectionRefusal.ofCollection(known, cause, accepted, now), now, atMost);
    }

    /** The API refused a token that was alone in its request, and nobody knows whether it is for what is in it. */
    public CollectionRefusal loneTokenRefused(CollectionId collection, Instant now, Duration atMost) {
        return changed(collection, known -> CollectionRefusal.ofLoneToken(known, now), now, atMost);
    }

    /** The one request of a wait was refused. */
    public CollectionRefusal refusedAgain(
            CollectionId collection, CollectionRefusal tried, Instant now, Duration atMost) {
        return changed(collection, known -> (known == null ? tried : known).refusedAgain(now), now, atMost);
    }

    /** The one request of a wait failed. */
    public CollectionRefusal failedAgain(
            CollectionId collection, CollectionRefusal tried, Instant now, Duration atMost) {
        return changed(collection, known -> (known == null ? tried : known).failedAgain(), now, atMost);
    }

    /**
     * Something of the collection was accepted: whatever was known against it is over.
     *
     * @return whether something was known, and is surely forgotten now by this call
     */
    public boolean accepted(CollectionId collection, Instant now, Duration atMost) {
        Duration eachCall = atMost.dividedBy(ROUNDS + 1L);
        untold(collection, now); // until it is
        Item seen;
        try {
            seen = table.read(List.of(key(collection)), eachCall).get(key(collection));
        } catch (TableUnavailable _) {
            return false;
        }
        for (int round = 0; round < ROUNDS && seen != null; round++) {
            Written written = table.write(List.of(new Write(key(collection), seen, null, now)), eachCall)
                    .getFirst();
            switch (written) {
                case Written.Done() -> {
                    told(collection);
                    return true;
                }
                case Written.Failed _ -> {
                    return false; // the next acceptance tries again
                }
                case Written.Conflict(Item current) -> seen = current;
            }
        }
        if (seen == null) {
            told(collection);
        }
        return false;
    }

    private synchronized void untold(CollectionId collection, Instant accepted) {
        untold.put(collection, accepted);
        if (untold.size() > MOST_UNTOLD) {
            untold.remove(untold.keySet().iterator().next());
        }
    }

    private synchronized void told(CollectionId collection) {
        untold.remove(collection);
    }

    /** What an item tells, unless this copy knows that something was accepted since it was first refused. */
    private synchronized @Nullable CollectionRefusal known(CollectionId collection, @Nullable Item item) {
        CollectionRefusal refusal = RefusalText.read(item);
        Instant accepted = untold.get(collection);
        return refusal != null && accepted != null && !refusal.since().isAfter(accepted) ? null : refusal;
    }

    /**
     * Takes the one request that finds out once a wait is over.
     *
     * @return false if another copy took it, or is waited for
     */
    public boolean takesTry(CollectionId collection, Instant now, Duration atMost) {
        try {
            Duration eachCall = atMost.dividedBy(2);
            Item seen = table.read(List.of(key(collection)), eachCall).get(key(collection));
            CollectionRefusal known = known(collection, seen);
            if (known == null || !known.isWaiting()) {
                return true;
            }
            return known.waitLeft(now).isZero()
                    && write(collection, seen, known.tried(now), now, eachCall) instanceof Written.Done;
        } catch (TableUnavailable _) {
            return false;
        }
    }

    private CollectionRefusal changed(
            CollectionId collection,
            Function<@Nullable CollectionRefusal, CollectionRefusal> change,
            Instant now,
            Duration atMost) {
        Duration eachCall = atMost.dividedBy(ROUNDS + 1L);
        Item seen = table.read(List.of(key(collection)), eachCall).found().get(key(collection));
        CollectionRefusal changed = change.apply(known(collection, seen));
        for (int round = 0; round < ROUNDS; round++) {
            Written written = write(collection, seen, changed, now, eachCall);
            if (!(written instanceof Written.Conflict(Item current))) {
                return changed;
            }
            seen = current;
            changed = change.apply(known(collection, current));
        }
        return changed;
    }

    private Written write(
            CollectionId collection, @Nullable Item seen, CollectionRefusal refusal, Instant now, Duration atMost) {
        return table.write(List.of(new Write(key(collection), seen, RefusalText.of(refusal), now.plus(KEPT))), atMost)
                .getFirst();
    }
}
