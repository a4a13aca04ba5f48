package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for the quota, kept as a length: each opening takes its portion from the front. They return in
 * groups, because a message that returns alone is sent alone, in a nearly empty request.
 */
final class ReturnQueue {
    private static final String OPENING = ".opening";
    private static final String TURN = ".turn";
    private static final String LENGTH = ".length";
    private static final String COLLECTIONS = ".collections";
    private static final String PORTION = ".portion";
    private static final double THOUSANDTHS = 1000;
    /**
     * More would make the item large for little: without an entry, a partly filled request is sent that could have
     * waited.
     */
    private static final int MAX_COLLECTIONS = 16;
    /**
     * If an opening brings a tenth less, the quota shrank, or a reserve divides it now; a smaller difference may be
     * somebody else's use of it.
     */
    private static final double SHRUNK_SHARE = 0.9;
    /** In full requests. A queue holds fewer, and this bounds the loop over its portions. */
    private static final double LONGEST = 1_000_000;

    private final String name;
    /** When the front returns; null while the queue is empty. */
    private @Nullable Instant opening;
    /** Which portion it returns for. */
    private int portionIndex;
    /** In full requests. */
    private double length;
    /** The places of an opening when the last request was added; 0 while that is not known. */
    private double portion;

    private final LinkedHashMap<String, Instant> lastOfCollection = new LinkedHashMap<>();

    ReturnQueue(String name, ItemFields fields) {
        this.name = name;
        CollectionEntries.read(fields, name + COLLECTIONS, lastOfCollection, Rfc3339TimeParser::parse);
        opening = fields.instant(name + OPENING);
        portionIndex = fields.count(name + TURN);
        length = Math.clamp(fields.number(name + LENGTH, 0) / THOUSANDTHS, 0, LONGEST);
        portion = Math.clamp(fields.number(name + PORTION, 0) / THOUSANDTHS, 0, LONGEST);
    }

    void writeTo(ItemFields fields) {
        if (opening != null) {
            fields.put(name + OPENING, opening);
            fields.put(name + TURN, portionIndex == 0 ? null : portionIndex);
            fields.put(name + LENGTH, Math.round(length * THOUSANDTHS));
            fields.put(name + PORTION, Math.round(portion * THOUSANDTHS));
        }
        CollectionEntries.write(fields, name + COLLECTIONS, lastOfCollection);
    }

    /** The next opening for which a request waits; null if the queue is empty. */
    @Nullable
    Instant next(RefillSchedule schedule, Instant now) {
        if (schedule.portion(0).bookedRequests() < portion * SHRUNK_SHARE) {
            // The waiting requests return in the larger portions of before, and most must be added again. Behind them,
            // as if they kept their places, whole windows would stay unused.
            opening = null;
            length = 0;
            portion = 0;
        }
        while (opening != null && !opening.isAfter(now)) {
            length -= schedule.portion(portionIndex).bookedRequests();
            if (length > 0) {
                opening = opening.plus(schedule.portion(portionIndex).untilNext());
                portionIndex = schedule.after(portionIndex);
            } else {
                opening = null;
                length = 0;
            }
        }
        return opening;
    }

    /** Whether full requests of this collection are in the queue: they will include what is partly filled. */
    boolean contains(CollectionId collection, Instant now) {
        Instant last = lastOfCollection.get(collection.contractAddress());
        return last != null && last.isAfter(now);
    }

    boolean containsFullRequests(Instant now) {
        return lastOfCollection.values().stream().anyMatch(last -> last.isAfter(now));
    }

    /** A full request of this collection returns then. */
    void recordCollection(CollectionId collection, Instant then) {
        Instant last = lastOfCollection.remove(collection.contractAddress());
        lastOfCollection.put(collection.contractAddress(), last != null && last.isAfter(then) ? last : then);
        if (lastOfCollection.size() > MAX_COLLECTIONS) {
            lastOfCollection.pollFirstEntry();
        }
    }

    /** The API reported when its window opens, which is more certain than an estimate. */
    void opensAt(Instant reported, int itsPortion) {
        if (opening != null && portionIndex == itsPortion) {
            opening = reported;
        }
    }

    /**
     * Adds requests to the end, and returns when they return; null, and nothing is added, if that is after {@code
     * latest}.
     */
    @Nullable
    Instant enqueue(double requests, RefillSchedule schedule, Instant latest, Instant now) {
        Instant next = next(schedule, now);
        Instant then = next != null ? next : schedule.first();
        int itsPortion = next != null ? portionIndex : schedule.portionIndex();
        for (double before = length;
                before >= schedule.portion(itsPortion).bookedRequests();
                itsPortion = schedule.after(itsPortion)) {
            before -= schedule.portion(itsPortion).bookedRequests();
            then = then.plus(schedule.portion(itsPortion).untilNext());
        }
        if (then.isAfter(latest)) {
            return null;
        }
        if (next == null) {
            opening = then;
            portionIndex = itsPortion;
        }
        length += requests;
        portion = schedule.portion(0).bookedRequests();
        return then;
    }
}
