package dev.nftrefresh.collection;

import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.Table.Item;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A collection's refusal as the text of its item. */
final class RefusalText {
    private RefusalText() {}

    static String of(CollectionRefusal refusal) {
        var notes = new Notes();
        notes.put("cause", refusal.cause());
        notes.put("since", refusal.since());
        notes.put("answers", refusal.answers());
        notes.put("counted_at", refusal.countedAt());
        notes.put("last_answer_at", refusal.lastAnswerAt());
        notes.put("lone_refusals", refusal.loneRefusals());
        notes.put("waits", refusal.waits());
        notes.put("wait_until", refusal.waitUntil());
        notes.put("try_until", refusal.tryUntil());
        return notes.text();
    }

    /** Reads what {@link #of} wrote. Anything else says nothing, and the next answer replaces it. */
    static @Nullable CollectionRefusal read(@Nullable Item item) {
        if (item == null) {
            return null;
        }
        try {
            Notes notes = Notes.of(item.content());
            String cause = notes.text("cause");
            Instant since = notes.instant("since");
            Instant countedAt = notes.instant("counted_at");
            Instant lastAnswerAt = notes.instant("last_answer_at");
            return cause == null || since == null || countedAt == null || lastAnswerAt == null
                    ? null
                    : new CollectionRefusal(
                            Cause.valueOf(cause),
                            since,
                            notes.count("answers"),
                            countedAt,
                            lastAnswerAt,
                            notes.count("lone_refusals"),
                            notes.count("waits"),
                            notes.instant("wait_until"),
                            notes.instant("try_until"));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException _) {
            return null;
        }
    }
}
