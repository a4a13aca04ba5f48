package dev.nftrefresh;

import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.bulkload.S3ObjectStore;
import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.EmfBulkMetrics;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the loader is built from: everything that reaches outside it, so that a test or the local flow can bring its
 * own.
 *
 * @param store where files and reports are
 * @param sqs for its own messages' visibility, and for the messages of files
 * @param table where progress is kept
 * @param metrics where counts go
 * @param log where JSON log lines go
 * @param clock the time
 */
public record BulkLoadFunctionDependencies(
        ObjectStore store, SqsClient sqs, SharedTable table, BulkMetrics metrics, PrintStream log, Clock clock) {
    /** A call to SQS with all its tries, so that those in flight at a run's end are over before the invocation is. */
    private static final Duration SQS_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration SQS_ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * On Lambda: AWS's clients as the environment says, and the stack's table.
     *
     * @param bucketOwner the account that the bucket of files belongs to
     */
    static BulkLoadFunctionDependencies onLambda(
            BulkLoadFunctionSettings settings, String bucketOwner, AwsClientFactory aws) {
        var clock = Clock.systemUTC();
        return new BulkLoadFunctionDependencies(
                new S3ObjectStore(aws.client(S3Client.builder()), bucketOwner),
                aws.client(SqsClient.builder(), SQS_ATTEMPT_TIMEOUT, SQS_TIMEOUT),
                new DynamoDbTable(aws.client(DynamoDbClient.builder()), settings.tableName(), new SecureRandom()),
                new EmfBulkMetrics(settings.functionName(), System.out, clock),
                System.out,
                clock);
    }
}
