package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.ElementPosition;
import dev.nftrefresh.table.ItemFields;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a file is loaded, as the table stores it for the next invocation.
 *
 * @param state what is still to do
 * @param checkpoint up to which everything is in the queue, or among the rejected parts
 * @param parts how many objects hold the rejected elements before the checkpoint
 * @param partBytes their bytes together
 * @param messageEndsAfter the element after which the open message must end, as decided by an invocation that got no
 *     further; -1 if none did
 * @param startedAt when the first invocation began
 * @param base the version of the file's first message; absent until the object was opened
 * @param owner the invocation that loads it now; absent if none does
 * @param leaseEnd when that invocation has certainly ended
 * @param ending what its report says since the load ended; absent until then
 */
record BulkLoadProgress(
        BulkLoadStatus state,
        BulkLoadCheckpoint checkpoint,
        int parts,
        long partBytes,
        long messageEndsAfter,
        Instant startedAt,
        @Nullable Instant base,
        @Nullable String owner,
        Instant leaseEnd,
        @Nullable Ending ending) {
    /**
     * The end of a load.
     *
     * @param detail a sentence on what is unusual; absent if nothing is
     * @param settledAt when the last token was settled; absent while some are not
     */
    record Ending(
            @Nullable String detail,
            Instant finishedAt,
            @Nullable Instant settledAt) {}

    private static final long NONE = -1;

    static BulkLoadProgress beginning(Instant now, String owner, Instant leaseEnd) {
        return new BulkLoadProgress(
                BulkLoadStatus.RUNNING, BulkLoadCheckpoint.START, 0, 0, NONE, now, null, owner, leaseEnd, null);
    }

    BulkLoadProgress ownedBy(String newOwner, Instant newLeaseEnd) {
        return new BulkLoadProgress(
                state, checkpoint, parts, partBytes, messageEndsAfter, startedAt, base, newOwner, newLeaseEnd, ending);
    }

    BulkLoadProgress basedOn(Instant time) {
        return new BulkLoadProgress(
                state, checkpoint, parts, partBytes, messageEndsAfter, startedAt, time, owner, leaseEnd, ending);
    }

    /** The progress at a later checkpoint, with all parts up to it. */
    BulkLoadProgress at(BulkLoadCheckpoint newCheckpoint, int allParts, long allBytes) {
        long end = newCheckpoint.position().element() < messageEndsAfter ? messageEndsAfter : NONE;
        return new BulkLoadProgress(
                state, newCheckpoint, allParts, allBytes, end, startedAt, base, owner, leaseEnd, ending);
    }

    /** The progress with a message that must end after this element. */
    BulkLoadProgress endingMessageAfter(long element) {
        return new BulkLoadProgress(
                state, checkpoint, parts, partBytes, element, startedAt, base, owner, leaseEnd, ending);
    }

    /** Without an owner, so that the next invocation can take over at once. */
    BulkLoadProgress released(Instant now) {
        return new BulkLoadProgress(
                state, checkpoint, parts, partBytes, messageEndsAfter, startedAt, base, null, now, ending);
    }

    /** The progress at the end of the load, with all its parts. */
    BulkLoadProgress ended(BulkLoadStatus end, Ending newEnding) {
        Instant now = newEnding.finishedAt();
        return new BulkLoadProgress(end, checkpoint, parts, partBytes, NONE, startedAt, base, null, now, newEnding);
    }

    /** The progress after a count of its settled tokens, with no part left. */
    BulkLoadProgress counted(Ending newEnding, Instant now) {
        return new BulkLoadProgress(state, checkpoint, 0, 0, NONE, startedAt, base, null, now, newEnding);
    }

    /** Whether nothing is left to do; a file that an older release loaded is not followed. */
    boolean isOver() {
        return state != BulkLoadStatus.RUNNING && (ending == null || ending.settledAt() != null);
    }

    /** Whether a message must end at an element that was decided earlier. */
    boolean endsMessage() {
        return messageEndsAfter != NONE;
    }

    boolean isOwnedAt(Instant now) {
        return owner != null && leaseEnd.isAfter(now);
    }

    String text() {
        var fields = new ItemFields();
        fields.put("state", state.text());
        fields.put("line", checkpoint.position().line());
        fields.put("element", checkpoint.position().element());
        fields.put("offset", checkpoint.position().offset());
        fields.put("tokens_queued", checkpoint.counts().queued());
        fields.put("tokens_rejected", checkpoint.counts().rejected());
        fields.put("messages_queued", checkpoint.counts().messages());
        fields.put("rejected_parts", parts);
        fields.put("rejected_bytes", partBytes);
        fields.put("message_end", messageEndsAfter);
        fields.put("started_at", startedAt);
        fields.put("base_time", base);
        fields.put("owner", owner);
        fields.put("lease_end", leaseEnd);
        if (ending != null) {
            fields.put("detail", ending.detail());
            fields.put("finished_at", ending.finishedAt());
            fields.put("settled_at", ending.settledAt());
        }
        return fields.text();
    }

    /**
     * Reads what {@link #text()} wrote; an unreadable text counts as a file of which nothing is loaded, without an
     * owner.
     */
    static BulkLoadProgress of(String text) {
        try {
            return of(ItemFields.of(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException _) {
            return of(new ItemFields());
        }
    }

    private static BulkLoadProgress of(ItemFields fields) {
        var position = new ElementPosition(
                number(fields, "line", 0), number(fields, "element", NONE), number(fields, "offset", 0));
        var counts = new BulkLoadCounts(
                number(fields, "tokens_queued", 0),
                number(fields, "tokens_rejected", 0),
                number(fields, "messages_queued", 0));
        return new BulkLoadProgress(
                BulkLoadStatus.of(fields.text("state")),
                new BulkLoadCheckpoint(position, counts),
                fields.count("rejected_parts"),
                number(fields, "rejected_bytes", 0),
                number(fields, "message_end", NONE),
                orEpoch(fields.instant("started_at")),
                fields.instant("base_time"),
                fields.text("owner"),
                orEpoch(fields.instant("lease_end")),
                ending(fields));
    }

    private static @Nullable Ending ending(ItemFields fields) {
        Instant finishedAt = fields.instant("finished_at");
        return finishedAt == null ? null : new Ending(fields.text("detail"), finishedAt, fields.instant("settled_at"));
    }

    /** A number that is at least the value for "none". */
    private static long number(ItemFields fields, String name, long least) {
        long number = fields.number(name, least);
        if (number < least) {
            throw new IllegalArgumentException(name + " is " + number);
        }
        return number;
    }

    private static Instant orEpoch(@Nullable Instant time) {
        return time == null ? Instant.EPOCH : time;
    }
}
