package dev.nftrefresh.pacing;

import dev.nftrefresh.table.Notes;
import dev.nftrefresh.time.Rfc3339Time;
import dev.nftrefresh.update.CollectionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the quota, as a length: each opening takes its portion from the front. Groups come back together,
 * because what comes back alone goes alone, in a request that is nearly empty.
 */
final class Line {
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
    private int turn;
    /** In full requests. */
    private double length;
    /** The places of an opening when the last one joined; 0 while that is not known. */
    private double portion;

    private final LinkedHashMap<String, Instant> lastOfCollection = new LinkedHashMap<>();

    Line(String name, Notes notes) {
        this.name = name;
        for (String mark : notes.texts(name + COLLECTIONS)) {
            int at = mark.indexOf('@');
            lastOfCollection.put(mark.substring(0, at), Rfc3339Time.parse(mark.substring(at + 1)));
        }
        opening = notes.instant(name + OPENING);
        turn = notes.count(name + TURN);
        length = Math.clamp(notes.number(name + LENGTH, 0) / THOUSANDTHS, 0, LONGEST);
        portion = Math.clamp(notes.number(name + PORTION, 0) / THOUSANDTHS, 0, LONGEST);
    }

    void note(Notes notes) {
        if (opening != null) {
            notes.put(name + OPENING, opening);
            notes.put(name + TURN, turn == 0 ? null : turn);
            notes.put(name + LENGTH, Math.round(length * THOUSANDTHS));
            notes.put(name + PORTION, Math.round(portion * THOUSANDTHS));
        }
        notes.put(
                name + COLLECTIONS,
                lastOfCollection.entrySet().stream()
                        .map(mark -> mark.getKey() + "@" + mark.getValue())
                        .toList());
    }

    /** The next opening for which somebody is in line; null if nobody is. */
    @Nullable
    Instant next(Rhythm rhythm, Instant now) {
        if (rhythm.portion(0).places() < portion * SHRUNK) {
            // Those in line come back by the larger portions of before, and all but a few of them to join again. Behind
            // them,
            // as if they still had their places, whole windows would go unused.
            opening = null;
            length = 0;
            portion = 0;
        }
        while (opening != null && !opening.isAfter(now)) {
            length -= rhythm.portion(turn).places();
            if (length > 0) {
                opening = opening.plus(rhythm.portion(turn).untilNext());
                turn = rhythm.after(turn);
            } else {
                opening = null;
                length = 0;
            }
        }
        return opening;
    }

    /** Whether requests of this collection, full ones, are in line: what is partly filled will ride with them. */
    boolean hasOf(CollectionId collection, Instant now) {
        Instant last = lastOfCollection.get(collection.contractAddress());
        return last != null && last.isAfter(now);
    }

    /** A full request of this collection comes back then. */
    void mark(CollectionId collection, Instant then) {
        Instant last = lastOfCollection.remove(collection.contractAddress());
        lastOfCollection.put(collection.contractAddress(), last != null && last.isAfter(then) ? last : then);
        if (lastOfCollection.size() > MOST_COLLECTIONS) {
            lastOfCollection.pollFirstEntry();
        }
    }

    /** The API said when its window opens, which is more certain than what was reckoned. */
    void opensAt(Instant told, int itsTurn) {
        if (opening != null && turn == itsTurn) {
            opening = told;
        }
    }

    /** Adds so much to the end, and says when it comes back; null, and nothing is added, if that is later than this. */
    @Nullable
    Instant join(double requests, Rhythm rhythm, Instant latest, Instant now) {
        Instant next = next(rhythm, now);
        Instant then = next != null ? next : rhythm.first();
        int itsTurn = next != null ? turn : rhythm.turn();
        for (double before = length; before >= rhythm.portion(itsTurn).places(); itsTurn = rhythm.after(itsTurn)) {
            before -= rhythm.portion(itsTurn).places();
            then = then.plus(rhythm.portion(itsTurn).untilNext());
        }
        if (then.isAfter(latest)) {
            return null;
        }
        if (next == null) {
            opening = then;
            turn = itsTurn;
        }
        length += requests;
        portion = rhythm.portion(0).places();
        return then;
    }
}
