package dev.nftrefresh;

import dev.nftrefresh.bulk.ObjectStore;
import dev.nftrefresh.bulk.S3ObjectStore;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.EmfBulkMetrics;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the loader is built from: everything that reaches outside it, so that a test or the local flow can bring its own.
 *
 * @param store where files and reports are
 * @param sqs for its own messages' visibility, and for the messages of files
 * @param table where progress is kept
 * @param metrics where counts go
 * @param log where JSON log lines go
 * @param clock the time
 */
public record BulkParts(
        ObjectStore store, SqsClient sqs, Table table, BulkMetrics metrics, PrintStream log, Clock clock) {
    /** A call of SQS with all its tries, so that those under way at a leg's end are over before the invocation is. */
    private static final Duration SQS_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration SQS_ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * On Lambda: AWS's clients with the credentials, region and endpoints of the environment, and the stack's table.
     *
     * @param bucketOwner the account that the bucket of files belongs to
     */
    static BulkParts onLambda(BulkSettings settings, String bucketOwner) {
        var clock = Clock.systemUTC();
        var http = DynamoDbConnections.client();
        return new BulkParts(
                new S3ObjectStore(S3Client.builder().httpClient(http).build(), bucketOwner),
                SqsClient.builder()
                        .httpClient(http)
                        .overrideConfiguration(config -> config.apiCallAttemptTimeout(SQS_ATTEMPT_TIMEOUT)
                                .apiCallTimeout(SQS_TIMEOUT))
                        .build(),
                DynamoDbTable.named(settings.tableName(), http, new SecureRandom()),
                new EmfBulkMetrics(settings.functionName(), System.out, clock),
                System.out,
                clock);
    }
}
