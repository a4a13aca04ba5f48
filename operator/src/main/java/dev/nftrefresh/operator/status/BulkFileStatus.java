package dev.nftrefresh.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * A file that is being loaded, or whose updates are still on their way, as its report says.
 *
 * @param name its key without {@code incoming/}
 * @param status {@code running}, {@code done} or {@code failed}
 * @param accepted tokens so far; null if the report does not say
 * @param settled tokens that were accepted, superseded or rejected after they were queued; null if the report does not
 *     say
 */
record BulkFileStatus(
        String name,
        String status,
        long queued,
        long rejected,
        @Nullable Long accepted,
        @Nullable Long settled) {}
