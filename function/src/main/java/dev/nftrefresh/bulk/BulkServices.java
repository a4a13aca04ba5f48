package dev.nftrefresh.bulk;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.telemetry.BulkMetrics;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a loader works with.
 *
 * @param store where files and reports are
 * @param loadQueue where its own messages come from
 * @param refreshQueue where the messages of files go
 * @param table where progress is kept
 * @param metrics where counts go
 * @param clock the time
 * @param margin what an invocation keeps back for the messages under way, the checkpoint and the report; it begins to
 *     end so long before its end
 * @param room for the rejected elements of a file
 */
public record BulkServices(
        ObjectStore store,
        LoadQueue loadQueue,
        RefreshQueue refreshQueue,
        Table table,
        BulkMetrics metrics,
        InstantSource clock,
        Duration margin,
        RejectedRoom room) {}
