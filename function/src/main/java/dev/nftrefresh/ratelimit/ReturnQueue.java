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
    private static final String PASSED = ".passed";
    private static final String PASSED_TURN = ".passed_turn";
    private static final String PASSED_PLACES = ".passed_places";
    private static final String DELAYED = ".delayed";
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

    /** The last opening that was expected by now; null if that is long ago. */
    private @Nullable Instant passed;
    /** Which portion it was. */
    private int passedPortionIndex;
    /** How many of the requests that return for it have not returned in vain. */
    private double passedPlaces;
    /** When that opening is really, if the API reported that it is later; null if it did not. */
    private @Nullable Instant delayed;

    private final LinkedHashMap<String, Instant> lastOfCollection = new LinkedHashMap<>();

    ReturnQueue(String name, ItemFields fields) {
        this.name = name;
        CollectionEntries.read(fields, name + COLLECTIONS, lastOfCollection, Rfc3339TimeParser::parse);
        opening = fields.instant(name + OPENING);
        portionIndex = fields.count(name + TURN);
        length = Math.clamp(fields.number(name + LENGTH, 0) / THOUSANDTHS, 0, LONGEST);
        portion = Math.clamp(fields.number(name + PORTION, 0) / THOUSANDTHS, 0, LONGEST);
        passed = fields.instant(name + PASSED);
        passedPortionIndex = fields.count(name + PASSED_TURN);
        passedPlaces = Math.clamp(fields.number(name + PASSED_PLACES, 0) / THOUSANDTHS, 0, LONGEST);
        delayed = fields.instant(name + DELAYED);
    }

    void writeTo(ItemFields fields) {
        if (opening != null) {
            fields.put(name + OPENING, opening);
            fields.put(name + TURN, portionIndex == 0 ? null : portionIndex);
            fields.put(name + LENGTH, Math.round(length * THOUSANDTHS));
            fields.put(name + PORTION, Math.round(portion * THOUSANDTHS));
        }
        if (passed != null) {
            fields.put(name + PASSED, passed);
            fields.put(name + PASSED_TURN, passedPortionIndex == 0 ? null : passedPortionIndex);
            fields.put(name + PASSED_PLACES, Math.round(passedPlaces * THOUSANDTHS));
            fields.put(name + DELAYED, delayed);
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
        if (delayed != null && !delayed.isAfter(now)) {
            pass(delayed, passedPortionIndex, schedule);
        }
        while (opening != null && !opening.isAfter(now)) {
            pass(opening, portionIndex, schedule);
            length -= schedule.portion(portionIndex).bookedRequests();
            if (length > 0) {
                opening = opening.plus(schedule.portion(portionIndex).untilNext());
                portionIndex = schedule.after(portionIndex);
            } else {
                opening = null;
                length = 0;
            }
        }
        if (passed != null
                && passed.plus(schedule.portion(passedPortionIndex).untilNext().dividedBy(2))
                        .isBefore(now)) {
            passed = null;
        }
        return opening;
    }

    /** When requests return next: at the opening that is later than expected, or at the one after it. */
    @Nullable
    Instant nextReturn(RefillSchedule schedule, Instant now) {
        Instant next = next(schedule, now);
        return passed != null && delayed != null ? delayed : next;
    }

    private void pass(Instant at, int itsPortion, RefillSchedule schedule) {
        passed = at;
        passedPortionIndex = itsPortion;
        passedPlaces = schedule.portion(itsPortion).bookedRequests();
        delayed = null;
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

    /** The API reported when its window opens, which is more certain than an estimate of the next opening. */
    void opensAt(Instant reported, int itsPortion) {
        if (opening != null && portionIndex == itsPortion) {
            opening = reported;
        }
    }

    /** The last opening that was expected by now; null if that is long ago, or was of another portion. */
    @Nullable
    Instant passed(int itsPortion) {
        return passedPortionIndex == itsPortion ? passed : null;
    }

    /**
     * The API reported that the opening that has passed is still to come: what returned for it too early returns then,
     * and not behind all others.
     */
    void opensLater(Instant reported) {
        delayed = reported;
    }

    /**
     * Adds requests to the end, and returns when they return; null, and nothing is added, if that is after {@code
     * latest}.
     */
    @Nullable
    Instant enqueue(double requests, RefillSchedule schedule, Instant latest, Instant now) {
        Instant next = next(schedule, now);
        if (passed != null && delayed != null && passedPlaces >= requests && !delayed.isAfter(latest)) {
            passedPlaces -= requests;
            return delayed;
        }
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
