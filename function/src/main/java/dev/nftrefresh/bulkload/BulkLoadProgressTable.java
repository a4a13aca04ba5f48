package dev.nftrefresh.bulkload;

import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the progress of all loads, each of which belongs to one invocation at a time. */
final class BulkLoadProgressTable {
    /** DynamoDB answers in milliseconds; a load that finds it slow can continue later. */
    static final Duration TABLE_TIMEOUT = Duration.ofSeconds(8);

    private final SharedTable table;

    BulkLoadProgressTable(SharedTable table) {
        this.table = table;
    }

    /**
     * Claims a file, to load it or to count its settled tokens.
     *
     * @param owner the invocation
     * @param leaseEnd when the invocation has certainly ended
     */
    BulkLoadClaim claim(FileUpload upload, String owner, Instant now, Instant leaseEnd)
            throws ServiceUnavailableException {
        var key = new SharedTable.ItemKey(
                "load %s/%s@%s"
                        .formatted(upload.object().bucket(), upload.object().key(), upload.identity()),
                "progress");
        TableItem seen = read(key);
        if (seen == null) {
            return claim(key, null, BulkLoadProgress.beginning(now, owner, leaseEnd), now);
        }
        var progress = BulkLoadProgress.of(seen.content());
        if (progress.isOver()) {
            return new BulkLoadClaim.AlreadyLoaded(progress);
        }
        if (progress.isOwnedAt(now)) {
            return new BulkLoadClaim.Busy(progress.leaseEnd());
        }
        return claim(key, seen, progress.ownedBy(owner, leaseEnd), now);
    }

    private BulkLoadClaim claim(SharedTable.ItemKey key, @Nullable TableItem seen, BulkLoadProgress wanted, Instant now)
            throws ServiceUnavailableException {
        var lease = new BulkLoadLease(table, key, seen, wanted);
        try {
            lease.save(wanted, now);
            return new BulkLoadClaim.Acquired(lease);
        } catch (LeaseLostException _) {
            return new BulkLoadClaim.Busy(wanted.leaseEnd());
        }
    }

    private @Nullable TableItem read(SharedTable.ItemKey key) throws ServiceUnavailableException {
        try {
            return table.read(List.of(key), TABLE_TIMEOUT).get(key);
        } catch (TableUnavailableException e) {
            throw new ServiceUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
