package dev.nftrefresh.collection;

import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.table.TableUnavailableException;
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
 * The refused collections in the stack's table, one item each. One that is not refused has none, unless a token of it was
 * refused within a day. Thread-safe. Where the table cannot be reached, a copy acts only on the answer that it has just
 * received.
 */
public final class CollectionRefusalStore {
    /** A refusal counts for a day after its last answer, and a message lives 14 days. */
    private static final Duration KEPT = Duration.ofDays(15);
    /** Each failed round is another copy's success, which records much the same. */
    private static final int MAX_ATTEMPTS = 3;

    /** Far more than a stack has; a discarded one is only counted from its first answer again. */
    private static final int MAX_UNWRITTEN = 100;

    private final SharedTable table;
    /** Collections with an acceptance that could not be written to the table; only this copy knows it. */
    private final Map<CollectionId, Instant> unwrittenAcceptances = new LinkedHashMap<>();

    /** The refusals in this table. */
    public CollectionRefusalStore(SharedTable table) {
        this.table = table;
    }

    private static SharedTable.ItemKey key(CollectionId collection) {
        return new SharedTable.ItemKey("collection " + collection, "refusal");
    }

    /** The refused ones among these collections; one that cannot be read is absent. */
    public Map<CollectionId, CollectionRefusal> read(Collection<CollectionId> collections, Duration timeout) {
        Map<SharedTable.ItemKey, TableItem> items = table.read(
                        collections.stream().map(CollectionRefusalStore::key).toList(), timeout)
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
     * @param accepted when a request of any collection was accepted last; null if that is not known
     */
    public CollectionRefusal refused(
            CollectionId collection, RefusalCause cause, @Nullable Instant accepted, Instant now, Duration timeout) {
        return changed(collection, known -> CollectionRefusal.ofCollection(known, cause, accepted, now), now, timeout);
    }

    /**
     * The API refused a token that was alone in its request.
     *
     * @param isCertain whether its content is certainly the cause
     */
    public CollectionRefusal singleTokenRefused(
            CollectionId collection, boolean isCertain, Instant now, Duration timeout) {
        return changed(collection, known -> CollectionRefusal.ofSingleToken(known, isCertain, now), now, timeout);
    }

    /** The probe was refused. */
    public CollectionRefusal refusedAgain(
            CollectionId collection, CollectionRefusal probed, Instant now, Duration timeout) {
        return changed(collection, known -> (known == null ? probed : known).refusedAgain(now), now, timeout);
    }

    /** The probe failed. */
    public CollectionRefusal failedAgain(
            CollectionId collection, CollectionRefusal probed, Instant now, Duration timeout) {
        return changed(collection, known -> (known == null ? probed : known).failedAgain(), now, timeout);
    }

    /**
     * A request of the collection was accepted, which ends its refusal.
     *
     * @return whether nothing of the collection was sent, and this call has surely ended that
     */
    public boolean accepted(CollectionId collection, Instant now, Duration timeout) {
        Duration eachCall = timeout.dividedBy(MAX_ATTEMPTS + 1L);
        addUnwritten(collection, now); // until it is
        TableItem seen;
        try {
            seen = table.read(List.of(key(collection)), eachCall).get(key(collection));
        } catch (TableUnavailableException _) {
            return false;
        }
        for (int round = 0; round < MAX_ATTEMPTS && seen != null; round++) {
            CollectionRefusal known = CollectionRefusalJson.read(seen);
            CollectionRefusal left = known == null ? null : known.accepted(now);
            if (known != null && known.equals(left)) {
                removeUnwritten(collection); // the item says so already
                return false;
            }
            WriteResult written = left == null
                    ? table.write(List.of(new ConditionalWrite(key(collection), seen, null, now)), eachCall)
                            .getFirst()
                    : write(collection, seen, left, now, eachCall);
            switch (written) {
                case WriteResult.Succeeded() -> {
                    removeUnwritten(collection);
                    return known == null || known.isWaiting();
                }
                case WriteResult.Failed _ -> {
                    return false; // the next acceptance tries again
                }
                case WriteResult.Conflict(TableItem current) -> seen = current;
            }
        }
        if (seen == null) {
            removeUnwritten(collection);
        }
        return false;
    }

    private synchronized void addUnwritten(CollectionId collection, Instant accepted) {
        unwrittenAcceptances.put(collection, accepted);
        if (unwrittenAcceptances.size() > MAX_UNWRITTEN) {
            unwrittenAcceptances.remove(unwrittenAcceptances.keySet().iterator().next());
        }
    }

    private synchronized void removeUnwritten(CollectionId collection) {
        unwrittenAcceptances.remove(collection);
    }

    /** The refusal that an item holds, unless this copy knows of an acceptance since the refusal began. */
    private synchronized @Nullable CollectionRefusal known(CollectionId collection, @Nullable TableItem item) {
        CollectionRefusal refusal = CollectionRefusalJson.read(item);
        Instant accepted = unwrittenAcceptances.get(collection);
        return refusal != null && accepted != null && !refusal.since().isAfter(accepted) ? null : refusal;
    }

    /**
     * Takes the right to send the probe once a wait is over.
     *
     * @return false if another copy took it, or its probe is awaited
     */
    public boolean tryProbe(CollectionId collection, Instant now, Duration timeout) {
        try {
            Duration eachCall = timeout.dividedBy(2);
            TableItem seen = table.read(List.of(key(collection)), eachCall).get(key(collection));
            CollectionRefusal known = known(collection, seen);
            if (known == null || !known.isWaiting()) {
                return true;
            }
            return known.remainingWait(now).isZero()
                    && write(collection, seen, known.probed(now), now, eachCall) instanceof WriteResult.Succeeded;
        } catch (TableUnavailableException _) {
            return false;
        }
    }

    private CollectionRefusal changed(
            CollectionId collection,
            Function<@Nullable CollectionRefusal, CollectionRefusal> change,
            Instant now,
            Duration timeout) {
        Duration eachCall = timeout.dividedBy(MAX_ATTEMPTS + 1L);
        TableItem seen = table.read(List.of(key(collection)), eachCall).found().get(key(collection));
        CollectionRefusal changed = change.apply(known(collection, seen));
        for (int round = 0; round < MAX_ATTEMPTS; round++) {
            WriteResult written = write(collection, seen, changed, now, eachCall);
            if (!(written instanceof WriteResult.Conflict(TableItem current))) {
                return changed;
            }
            seen = current;
            changed = change.apply(known(collection, current));
        }
        return changed;
    }

    private WriteResult write(
            CollectionId collection,
            @Nullable TableItem seen,
            CollectionRefusal refusal,
            Instant now,
            Duration timeout) {
        return table.write(
                        List.of(new ConditionalWrite(
                                key(collection), seen, CollectionRefusalJson.of(refusal), now.plus(KEPT))),
                        timeout)
                .getFirst();
    }
}
