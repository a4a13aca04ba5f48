package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.bulk.BulkLoader;
import dev.nftrefresh.bulk.BulkServices;
import dev.nftrefresh.bulk.CountingPauses;
import dev.nftrefresh.bulk.LoadQueue;
import dev.nftrefresh.bulk.RejectedRoom;
import dev.nftrefresh.bulk.SqsLoadQueue;
import dev.nftrefresh.bulk.SqsRefreshQueue;
import dev.nftrefresh.queue.BatchAnswer;
import dev.nftrefresh.queue.SqsEvent;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.JsonLog;
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

    private final BulkServices services;
    private final BulkLoader loader;
    private final String bulkSettlingQueueUrl;
    private final JsonLog log;
    private final BulkMetrics metrics;
    private final Clock clock;

    /** What Lambda calls: settings from the environment, AWS's own clients. */
    public BulkLoadFunction() {
        this(System.getenv());
    }

    private BulkLoadFunction(Map<String, String> environment) {
        BulkSettings settings = BulkSettings.from(environment);
        String bucketOwner = new Variables(environment).text("BUCKET_OWNER");
        var aws = AwsClients.of(environment, DynamoDbConnections.client());
        this(settings, BulkParts.onLambda(settings, bucketOwner, aws), MARGIN, CountingPauses.ON_LAMBDA);
    }

    /**
     * Wires the loader from given parts.
     *
     * @param margin how long before its end an invocation begins to end
     * @param pauses before the settled tokens of a file are counted again
     */
    public BulkLoadFunction(BulkSettings settings, BulkParts parts, Duration margin, CountingPauses pauses) {
        log = new JsonLog(parts.log(), parts.clock());
        metrics = parts.metrics();
        clock = parts.clock();
        bulkSettlingQueueUrl = settings.bulkSettlingQueueUrl();
        services = new BulkServices(
                parts.store(),
                new SqsLoadQueue(parts.sqs(), settings.bulkQueueUrl()),
                new SqsLoadQueue(parts.sqs(), bulkSettlingQueueUrl),
                new SqsRefreshQueue(new SqsSender(parts.sqs(), settings.bulkRefreshQueueUrl())),
                parts.table(),
                new SettledTokens(parts.table()),
                pauses,
                parts.metrics(),
                parts.clock(),
                margin,
                RejectedRoom.OF_A_FILE);
        loader = new BulkLoader(services, settings.chainName());
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try {
            Instant end = clock.instant().plusMillis(context.getRemainingTimeInMillis());
            SqsEvent read = SqsEventReader.read(event);
            LoadQueue from = read.isFrom(bulkSettlingQueueUrl) ? services.settlingQueue() : services.loadQueue();
            BatchAnswer.write(answer, loader.handle(from, read.messages(), end, context.getAwsRequestId(), log));
        } finally {
            metrics.flush();
        }
    }
}
