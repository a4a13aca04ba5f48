package dev.nftrefresh.bulk;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of all loads, of which each belongs to one invocation at a time. */
final class ProgressTable {
    /** DynamoDB answers in milliseconds; a load that finds it slow can go on later. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Table table;

    ProgressTable(Table table) {
        this.table = table;
    }

    /**
     * Wants to load a file, or to count its settled tokens.
     *
     * @param owner the invocation
     * @param leaseEnd when the invocation has ended for sure
     */
    Claim claim(Upload upload, String owner, Instant now, Instant leaseEnd) throws Unavailable {
        var key = new Table.Key(
                "load %s/%s@%s"
                        .formatted(upload.object().bucket(), upload.object().key(), upload.identity()),
                "progress");
        Item seen = read(key);
        if (seen == null) {
            return claim(key, null, Progress.beginning(now, owner, leaseEnd), now);
        }
        var progress = Progress.of(seen.content());
        if (progress.isOver()) {
            return new Claim.Over(progress);
        }
        if (progress.isOwnedAt(now)) {
            return new Claim.Busy(progress.leaseEnd());
        }
        return claim(key, seen, progress.ownedBy(owner, leaseEnd), now);
    }

    private Claim claim(Table.Key key, @Nullable Item seen, Progress wanted, Instant now) throws Unavailable {
        var lease = new Lease(table, key, seen, wanted);
        try {
            lease.save(wanted, now);
            return new Claim.Mine(lease);
        } catch (LeaseLost _) {
            return new Claim.Busy(wanted.leaseEnd());
        }
    }

    private @Nullable Item read(Table.Key key) throws Unavailable {
        try {
            return table.read(List.of(key), PATIENCE).get(key);
        } catch (TableUnavailable e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        }
    }
}
