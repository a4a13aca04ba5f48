package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.bulkload.BulkLoader;
import dev.nftrefresh.bulkload.BulkLoaderDependencies;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.bulkload.RejectedLineLimits;
import dev.nftrefresh.bulkload.SqsRefreshQueue;
import dev.nftrefresh.bulkload.SqsUploadNotificationQueue;
import dev.nftrefresh.bulkload.UploadNotificationQueue;
import dev.nftrefresh.queue.BatchItemFailures;
import dev.nftrefresh.queue.SqsEvent;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The Lambda handler that loads bulk files: an SQS event in, whose bodies are notifications of S3, and
 * {@code batchItemFailures} out. A handler that throws leaves every message in the queue.
 */
public final class BulkLoadFunction implements RequestStreamHandler {
    /** For calls of SQS under way with all their tries, a part of the rejected tokens, and the checkpoint. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final BulkLoaderDependencies services;
    private final BulkLoader loader;
    private final String bulkSettlingQueueUrl;
    private final JsonLogger log;
    private final BulkMetrics metrics;
    private final Clock clock;

    /** What Lambda calls: settings from the environment, AWS's own clients. */
    public BulkLoadFunction() {
        this(System.getenv());
    }

    private BulkLoadFunction(Map<String, String> environment) {
        BulkLoadFunctionSettings settings = BulkLoadFunctionSettings.from(environment);
        String bucketOwner = new EnvironmentVariables(environment).text("BUCKET_OWNER");
        var aws = AwsClientFactory.of(environment, DynamoDbConnections.client());
        this(
                settings,
                BulkLoadFunctionDependencies.onLambda(settings, bucketOwner, aws),
                MARGIN,
                RecountDelays.ON_LAMBDA);
    }

    /**
     * Wires the loader from given parts.
     *
     * @param margin how long before its end an invocation begins to end
     * @param pauses before the settled tokens of a file are counted again
     */
    public BulkLoadFunction(
            BulkLoadFunctionSettings settings,
            BulkLoadFunctionDependencies parts,
            Duration margin,
            RecountDelays pauses) {
        log = new JsonLogger(parts.log(), parts.clock());
        metrics = parts.metrics();
        clock = parts.clock();
        bulkSettlingQueueUrl = settings.bulkSettlingQueueUrl();
        services = new BulkLoaderDependencies(
                parts.store(),
                new SqsUploadNotificationQueue(parts.sqs(), settings.bulkQueueUrl()),
                new SqsUploadNotificationQueue(parts.sqs(), bulkSettlingQueueUrl),
                new SqsRefreshQueue(new SqsSender(parts.sqs(), settings.bulkRefreshQueueUrl())),
                parts.table(),
                new SettledTokens(parts.table()),
                pauses,
                parts.metrics(),
                parts.clock(),
                margin,
                RejectedLineLimits.OF_A_FILE);
        loader = new BulkLoader(services, settings.chainName());
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try {
            Instant end = clock.instant().plusMillis(context.getRemainingTimeInMillis());
            SqsEvent read = SqsEventReader.read(event);
            UploadNotificationQueue from =
                    read.isFrom(bulkSettlingQueueUrl) ? services.settlingQueue() : services.loadQueue();
            BatchItemFailures.write(answer, loader.handle(from, read.messages(), end, context.getAwsRequestId(), log));
        } finally {
            metrics.flush();
        }
    }
}
