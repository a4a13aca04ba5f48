package dev.nftrefresh.bulkload;

import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.BulkMetrics;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a loader needs.
 *
 * @param store of files and reports
 * @param loadQueue with notifications of files to load
 * @param settlingQueue with notifications of loaded files whose tokens are not all settled
 * @param refreshQueue that takes the messages of files
 * @param table that stores progress
 * @param settledTokens of the files
 * @param pauses before these are counted again
 * @param metrics that take the counts
 * @param clock the time
 * @param margin how long before its end an invocation stops loading, for the messages in flight, the checkpoint and
 *     the report
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
