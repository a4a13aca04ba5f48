package dev.nftrefresh.bulkload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.nftrefresh.settled.SettledCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file's report, for its user.
 *
 * @param detail a sentence on what is unusual; absent if nothing is
 * @param counts of what is known to be queued, or among the rejected parts
 * @param finishedAt absent while the file is loaded
 * @param settled how many of its tokens are settled; absent while the file is loaded
 * @param settledAt when the last of them was; absent while some are not
 */
record BulkLoadReport(
        BulkLoadStatus state,
        @Nullable String detail,
        BulkLoadCounts counts,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable SettledCount settled,
        @Nullable Instant settledAt) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static BulkLoadReport running(BulkLoadProgress progress) {
        return new BulkLoadReport(
                BulkLoadStatus.RUNNING, null, progress.checkpoint().counts(), progress.startedAt(), null, null, null);
    }

    /** The report of a loaded file. */
    static BulkLoadReport ended(BulkLoadProgress progress, BulkLoadProgress.Ending ending, SettledCount settled) {
        return new BulkLoadReport(
                progress.state(),
                ending.detail(),
                progress.checkpoint().counts(),
                progress.startedAt(),
                ending.finishedAt(),
                settled,
                ending.settledAt());
    }

    byte[] json() {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("status", state.text());
            json.writeStringField("detail", detail);
            json.writeNumberField("tokens_read", counts.read());
            json.writeNumberField("tokens_queued", counts.queued());
            json.writeNumberField("tokens_rejected", counts.rejected());
            json.writeNumberField("messages_queued", counts.messages());
            json.writeStringField("started_at", startedAt.toString());
            json.writeStringField("finished_at", finishedAt == null ? null : finishedAt.toString());
            if (settled != null) {
                json.writeNumberField("tokens_accepted", settled.accepted());
                json.writeNumberField("tokens_superseded", settled.superseded());
                json.writeNumberField("tokens_dead_lettered", settled.deadLettered());
            }
            if (settledAt != null) {
                json.writeStringField("settled_at", settledAt.toString());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
