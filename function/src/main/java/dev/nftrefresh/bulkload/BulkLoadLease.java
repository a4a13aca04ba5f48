package dev.nftrefresh.bulkload;

import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right of one invocation to load one file, for as long as no other writes its progress. Not thread-safe. */
final class BulkLoadLease {
    /** Longer than SQS keeps a message that may announce the file again. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final SharedTable table;
    private final SharedTable.ItemKey key;
    private final @Nullable String owner;
    private @Nullable TableItem seen;
    private BulkLoadProgress progress;

    BulkLoadLease(SharedTable table, SharedTable.ItemKey key, @Nullable TableItem seen, BulkLoadProgress wanted) {
        this.table = table;
        this.key = key;
        this.seen = seen;
        this.owner = wanted.owner();
        this.progress = wanted;
    }

    /** The progress as saved last. */
    BulkLoadProgress progress() {
        return progress;
    }

    /**
     * Saves how far the file is loaded.
     *
     * @throws LeaseLostException if another invocation took the file over
     */
    void save(BulkLoadProgress next, Instant now) throws ServiceUnavailableException, LeaseLostException {
        String content = next.text();
        WriteResult written = write(content, now);
        if (written instanceof WriteResult.Conflict(TableItem current) && current != null && isOurs(current, content)) {
            // An answer was lost, and with it the revision of an earlier write of ours.
            seen = current;
            if (current.content().equals(content)) {
                progress = next;
                return;
            }
            written = write(content, now);
        }
        switch (written) {
            case WriteResult.Succeeded _ -> {
                seen = new TableItem(seen == null ? 1 : seen.revision() + 1, content);
                progress = next;
            }
            case WriteResult.Conflict _ -> throw new LeaseLostException();
            case WriteResult.Failed(String reason) ->
                throw new ServiceUnavailableException(
                        "The progress could not be written to the table: " + reason, null);
        }
    }

    private boolean isOurs(TableItem current, String content) {
        return current.content().equals(content)
                || (owner != null
                        && owner.equals(BulkLoadProgress.of(current.content()).owner()));
    }

    private WriteResult write(String content, Instant now) {
        return table.write(
                        List.of(new ConditionalWrite(key, seen, content, now.plus(REMEMBERED))),
                        BulkLoadProgressTable.TABLE_TIMEOUT)
                .getFirst();
    }
}
