package dev.nftrefresh.bulk;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right of one invocation to load one file, for as long as nobody else writes its progress. For one thread. */
final class Lease {
    /** Longer than SQS keeps the message that may tell of the file again. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Table table;
    private final Table.Key key;
    private final @Nullable String owner;
    private @Nullable Item seen;
    private Progress progress;

    Lease(Table table, Table.Key key, @Nullable Item seen, Progress wanted) {
        this.table = table;
        this.key = key;
        this.seen = seen;
        this.owner = wanted.owner();
        this.progress = wanted;
    }

    /** As it was saved last. */
    Progress progress() {
        return progress;
    }

    /**
     * Saves how far the file is loaded.
     *
     * @throws LeaseLost if another invocation took the file over
     */
    void save(Progress next, Instant now) throws Unavailable, LeaseLost {
        String content = next.text();
        Written written = write(content, now);
        if (written instanceof Written.Conflict(Item current) && current != null && isOurs(current, content)) {
            // An answer got lost, and with it the revision that an earlier write of ours made.
            seen = current;
            if (current.content().equals(content)) {
                progress = next;
                return;
            }
            written = write(content, now);
        }
        switch (written) {
            case Written.Done _ -> {
                seen = new Item(seen == null ? 1 : seen.revision() + 1, content);
                progress = next;
            }
            case Written.Conflict _ -> throw new LeaseLost();
            case Written.Failed(String reason) ->
                throw new Unavailable("The progress could not be written to the table: " + reason, null);
        }
    }

    private boolean isOurs(Item current, String content) {
        return current.content().equals(content)
                || (owner != null && owner.equals(Progress.of(current.content()).owner()));
    }

    private Written write(String content, Instant now) {
        return table.write(List.of(new Write(key, seen, content, now.plus(REMEMBERED))), ProgressTable.PATIENCE)
                .getFirst();
    }
}
