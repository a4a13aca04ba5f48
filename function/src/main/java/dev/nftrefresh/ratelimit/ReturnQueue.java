package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the quota, as a length: each opening takes its portion from the front. Groups come back together,
 * because what comes back alone goes alone, in a request that is nearly empty.
 */
final class ReturnQueue {
    private static final String OPENING = ".opening";
    private static final String TURN = ".turn";
    private static final String LENGTH = ".length";
    private static final String COLLECTIONS = ".collections";
    private static final String PORTION = ".portion";
    private static final double THOUSANDTHS = 1000;
    /** More would make the item large, for little: then a partly filled request goes which could have waited. */
    private static final int MOST_COLLECTIONS = 16;
    /** An hour with a tenth less is a quota that shrank, and not one that somebody else has touched. */
    private static final double SHRUNK = 0.9;
    /** In full requests, of which a queue holds fewer; each place is counted off one portion after the other. */
    private static final double LONGEST = 1_000_000;

    private final String name;
    /** When the front comes back; null while nobody is in line. */
    private @Nullable Instant opening;
    /** Which portion it comes back for. */
    private int portionIndex;
    /** In full requests. */
    private double length;
    /** The places of an opening when the last one joined; 0 while that is not known. */
    private double portion;

    private final LinkedHashMap<String, Instant> lastOfCollection = new LinkedHashMap<>();

    ReturnQueue(String name, ItemFields fields) {
        this.name = name;
        for (String checkpoint : fields.texts(name + COLLECTIONS)) {
            int at = checkpoint.indexOf('@');
            lastOfCollection.put(checkpoint.substring(0, at), Rfc3339TimeParser.parse(checkpoint.substring(at + 1)));
        }
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
        fields.put(
                name + COLLECTIONS,
                lastOfCollection.entrySet().stream()
                        .map(checkpoint -> checkpoint.getKey() + "@" + checkpoint.getValue())
                        .toList());
    }

    /** The next opening for which somebody is in line; null if nobody is. */
    @Nullable
    Instant next(RefillSchedule schedule, Instant now) {
        if (schedule.portion(0).bookedRequests() < portion * SHRUNK) {
            // Those in line come back by the larger portions of before, and all but a few of them to join again. Behind
            // them,
            // as if they still had their places, whole windows would go unused.
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

    /** Whether requests of this collection, full ones, are in line: what is partly filled will ride with them. */
    boolean contains(CollectionId collection, Instant now) {
        Instant last = lastOfCollection.get(collection.contractAddress());
        return last != null && last.isAfter(now);
    }

    /** A full request of this collection comes back then. */
    void recordCollection(CollectionId collection, Instant then) {
        Instant last = lastOfCollection.remove(collection.contractAddress());
        lastOfCollection.put(collection.contractAddress(), last != null && last.isAfter(then) ? last : then);
        if (lastOfCollection.size() > MOST_COLLECTIONS) {
            lastOfCollection.pollFirstEntry();
        }
    }

    /** The API said when its window opens, which is more certain than what was reckoned. */
    void opensAt(Instant reported, int itsPortion) {
        if (opening != null && portionIndex == itsPortion) {
            opening = reported;
        }
    }

    /** Adds so much to the end, and says when it comes back; null, and nothing is added, if that is later than this. */
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
