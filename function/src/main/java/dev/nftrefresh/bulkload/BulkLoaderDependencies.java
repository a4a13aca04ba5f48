package dev.nftrefresh.bulkload;

import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.BulkMetrics;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a loader works with.
 *
 * @param store where files and reports are
 * @param loadQueue where notices of files to load come from
 * @param settlingQueue where notices of loaded files wait until their tokens are settled
 * @param refreshQueue where the messages of files go
 * @param table where progress is kept
 * @param settledTokens of the files
 * @param pauses before these are counted again
 * @param metrics where counts go
 * @param clock the time
 * @param margin what an invocation keeps back for the messages under way, the checkpoint and the report; it begins to
 *     end so long before its end
 * @param rejectedLineLimits for the rejected elements of a file
 */
public record BulkLoaderDependencies(
        ObjectStore store,
        UploadNotificationQueue loadQueue,
        UploadNotificationQueue settlingQueue,
        RefreshQueue refreshQueue,
        SharedTable table,
        SettledTokens settledTokens,
        RecountDelays pauses,
        BulkMetrics metrics,
        InstantSource clock,
        Duration margin,
        RejectedLineLimits rejectedLineLimits) {}
