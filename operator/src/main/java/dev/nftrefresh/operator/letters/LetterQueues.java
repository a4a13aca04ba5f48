package dev.nftrefresh.operator.letters;

/**
 * The queues that hold dead letters, and those that they came from.
 *
 * @param deadLetterQueueUrl of updates that were rejected
 * @param bulkDeadLetterQueueUrl of S3's notices of files that were not loaded
 * @param refreshQueueUrl of live updates
 * @param bulkRefreshQueueUrl of updates out of bulk files
 * @param bulkQueueUrl of files to load
 */
public record LetterQueues(
        String deadLetterQueueUrl,
        String bulkDeadLetterQueueUrl,
        String refreshQueueUrl,
        String bulkRefreshQueueUrl,
        String bulkQueueUrl) {
    /** The address of one of them. */
    String url(LetterDestination destination) {
        return switch (destination) {
            case REFRESH -> refreshQueueUrl;
            case BULK_REFRESH -> bulkRefreshQueueUrl;
            case BULK -> bulkQueueUrl;
        };
    }

    /** Whether this is the ARN of the queue of updates out of bulk files. */
    boolean isBulkRefreshQueue(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1)
                .equals(bulkRefreshQueueUrl.substring(bulkRefreshQueueUrl.lastIndexOf('/') + 1));
    }
}
