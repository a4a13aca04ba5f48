package dev.nftrefresh.bulk;

import dev.nftrefresh.file.Place;
import dev.nftrefresh.table.Notes;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a file is loaded, as the table keeps it for the next invocation.
 *
 * @param state what is still to do
 * @param mark up to where everything is in the queue, or among the rejected parts
 * @param parts how many objects hold the rejected elements before the mark
 * @param partBytes their bytes together
 * @param messageEnd the element behind which the open message has to end, as an invocation decided that came no farther; -1 if
 *     none did
 * @param startedAt when the first invocation began
 * @param base the version of the file's first message; absent until the object was opened
 * @param owner the invocation that loads it now; absent if none does
 * @param leaseEnd when that invocation has ended, whatever became of it
 * @param ending what its report says since the load ended; absent until then
 */
record Progress(
        LoadState state,
        Mark mark,
        int parts,
        long partBytes,
        long messageEnd,
        Instant startedAt,
        @Nullable Instant base,
        @Nullable String owner,
        Instant leaseEnd,
        @Nullable Ending ending) {
    /**
     * The end of a load.
     *
     * @param detail a sentence on what is odd; absent if nothing is
     * @param settledAt when the last token was settled; absent while some are not
     */
    record Ending(
            @Nullable String detail,
            Instant finishedAt,
            @Nullable Instant settledAt) {}

    private static final long NONE = -1;

    static Progress beginning(Instant now, String owner, Instant leaseEnd) {
        return new Progress(LoadState.RUNNING, Mark.START, 0, 0, NONE, now, null, owner, leaseEnd, null);
    }

    Progress ownedBy(String newOwner, Instant newLeaseEnd) {
        return new Progress(state, mark, parts, partBytes, messageEnd, startedAt, base, newOwner, newLeaseEnd, ending);
    }

    Progress basedOn(Instant time) {
        return new Progress(state, mark, parts, partBytes, messageEnd, startedAt, time, owner, leaseEnd, ending);
    }

    /** Farther on, with all the parts up to there. */
    Progress at(Mark newMark, int allParts, long allBytes) {
        long end = newMark.after().element() < messageEnd ? messageEnd : NONE;
        return new Progress(state, newMark, allParts, allBytes, end, startedAt, base, owner, leaseEnd, ending);
    }

    /** With a message that has to end behind this element. */
    Progress endingMessageBehind(long element) {
        return new Progress(state, mark, parts, partBytes, element, startedAt, base, owner, leaseEnd, ending);
    }

    /** For the next invocation to take over at once. */
    Progress released(Instant now) {
        return new Progress(state, mark, parts, partBytes, messageEnd, startedAt, base, null, now, ending);
    }

    /** At the end of the load, with all its parts. */
    Progress ended(LoadState end, Ending newEnding) {
        Instant now = newEnding.finishedAt();
        return new Progress(end, mark, parts, partBytes, NONE, startedAt, base, null, now, newEnding);
    }

    /** After somebody has counted its settled tokens, and no part is left. */
    Progress counted(Ending newEnding, Instant now) {
        return new Progress(state, mark, 0, 0, NONE, startedAt, base, null, now, newEnding);
    }

    /** Whether nothing is left to do; what an older release has loaded is not followed. */
    boolean isOver() {
        return state != LoadState.RUNNING && (ending == null || ending.settledAt() != null);
    }

    /** Whether a message has to end at an element that was decided on. */
    boolean endsMessage() {
        return messageEnd != NONE;
    }

    boolean isOwnedAt(Instant now) {
        return owner != null && leaseEnd.isAfter(now);
    }

    String text() {
        var notes = new Notes();
        notes.put("state", state.text());
        notes.put("line", mark.after().line());
        notes.put("element", mark.after().element());
        notes.put("offset", mark.after().offset());
        notes.put("tokens_queued", mark.figures().queued());
        notes.put("tokens_rejected", mark.figures().rejected());
        notes.put("messages_queued", mark.figures().messages());
        notes.put("rejected_parts", parts);
        notes.put("rejected_bytes", partBytes);
        notes.put("message_end", messageEnd);
        notes.put("started_at", startedAt);
        notes.put("base_time", base);
        notes.put("owner", owner);
        notes.put("lease_end", leaseEnd);
        if (ending != null) {
            notes.put("detail", ending.detail());
            notes.put("finished_at", ending.finishedAt());
            notes.put("settled_at", ending.settledAt());
        }
        return notes.text();
    }

    /** Reads what {@link #text()} wrote; what cannot be read is a file of which nothing is loaded and that nobody loads. */
    static Progress of(String text) {
        try {
            return of(Notes.of(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException _) {
            return of(new Notes());
        }
    }

    private static Progress of(Notes notes) {
        var place = new Place(number(notes, "line", 0), number(notes, "element", NONE), number(notes, "offset", 0));
        var figures = new Figures(
                number(notes, "tokens_queued", 0),
                number(notes, "tokens_rejected", 0),
                number(notes, "messages_queued", 0));
        return new Progress(
                LoadState.of(notes.text("state")),
                new Mark(place, figures),
                notes.count("rejected_parts"),
                number(notes, "rejected_bytes", 0),
                number(notes, "message_end", NONE),
                orEpoch(notes.instant("started_at")),
                notes.instant("base_time"),
                notes.text("owner"),
                orEpoch(notes.instant("lease_end")),
                ending(notes));
    }

    private static @Nullable Ending ending(Notes notes) {
        Instant finishedAt = notes.instant("finished_at");
        return finishedAt == null ? null : new Ending(notes.text("detail"), finishedAt, notes.instant("settled_at"));
    }

    /** A number that is not less than what stands for none of them. */
    private static long number(Notes notes, String name, long least) {
        long number = notes.number(name, least);
        if (number < least) {
            throw new IllegalArgumentException(name + " is " + number);
        }
        return number;
    }

    private static Instant orEpoch(@Nullable Instant time) {
        return time == null ? Instant.EPOCH : time;
    }
}
