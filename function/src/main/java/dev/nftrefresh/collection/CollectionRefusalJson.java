package dev.nftrefresh.collection;

import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable.TableItem;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A collection's refusal as the text of its item. */
final class CollectionRefusalJson {
    private CollectionRefusalJson() {}

    static String of(CollectionRefusal refusal) {
        var fields = new ItemFields();
        fields.put("cause", refusal.cause());
        fields.put("since", refusal.since());
        fields.put("answers", refusal.answers());
        fields.put("counted_at", refusal.countedAt());
        fields.put("last_answer_at", refusal.lastAnswerAt());
        fields.put("lone_refusals", refusal.singleTokenRefusals());
        fields.put("certain_left", refusal.certainRefusalsLeft());
        fields.put("waits", refusal.waitCount());
        fields.put("wait_until", refusal.waitUntil());
        fields.put("try_until", refusal.probeUntil());
        return fields.text();
    }

    /** Reads what {@link #of} wrote. Any other text counts as no refusal, and the next answer replaces it. */
    static @Nullable CollectionRefusal read(@Nullable TableItem item) {
        if (item == null) {
            return null;
        }
        try {
            ItemFields fields = ItemFields.of(item.content());
            String cause = fields.text("cause");
            Instant since = fields.instant("since");
            Instant countedAt = fields.instant("counted_at");
            Instant lastAnswerAt = fields.instant("last_answer_at");
            return cause == null || since == null || countedAt == null || lastAnswerAt == null
                    ? null
                    : new CollectionRefusal(
                            RefusalCause.valueOf(cause),
                            since,
                            fields.count("answers"),
                            countedAt,
                            lastAnswerAt,
                            fields.count("lone_refusals"),
                            Math.min(fields.count("certain_left"), CollectionRefusal.MAX_CERTAIN_IN_A_ROW),
                            fields.count("waits"),
                            fields.instant("wait_until"),
                            fields.instant("try_until"));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException _) {
            return null;
        }
    }
}
