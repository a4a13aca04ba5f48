package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.api.SecretsManagerApiKey;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pass.EventHandler;
import dev.nftrefresh.pass.Services;
import dev.nftrefresh.queue.BatchAnswer;
import dev.nftrefresh.queue.Settlement;
import dev.nftrefresh.queue.SqsEvent;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.queue.SqsVisibilityReturn;
import dev.nftrefresh.queue.Visibility;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.MessageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The Lambda handler: an SQS event in, {@code batchItemFailures} out. A handler that throws leaves every message in the
 * queue.
 */
public final class RefreshFunction implements RequestStreamHandler {
    private final EventHandler live;
    private final EventHandler bulk;
    private final String bulkRefreshQueueUrl;
    private final Set<String> ownRoleIds;
    private final JsonLog log;
    private final RefreshMetrics metrics;
    private final Clock clock;

    /** What Lambda calls: settings from the environment, AWS's own clients. */
    public RefreshFunction() {
        this(System.getenv());
    }

    private RefreshFunction(Map<String, String> environment) {
        this(Settings.from(environment), new Variables(environment).text("AWS_LAMBDA_FUNCTION_NAME"));
    }

    private RefreshFunction(Settings settings, String functionName) {
        this(settings, Parts.onLambda(settings, functionName));
    }

    /** Wires the function from given parts. */
    public RefreshFunction(Settings settings, Parts parts) {
        log = new JsonLog(parts.log(), parts.clock());
        metrics = parts.metrics();
        clock = parts.clock();
        var services = new Services(
                parts.api(),
                parts.threads(),
                parts.shared().gate(),
                parts.shared().ledger(),
                parts.shared().refusals(),
                new SecretsManagerApiKey(parts.secrets(), settings.apiKeySecretArn(), parts.clock()),
                new Backoff(parts.random()),
                parts.shared().room(),
                settings.batchingWindow(),
                parts.metrics(),
                parts.clock(),
                parts.random());
        bulkRefreshQueueUrl = settings.bulkRefreshQueueUrl();
        ownRoleIds = settings.ownRoleIds();
        var reader = new MessageReader(settings.chainName());
        live = new EventHandler(Lane.LIVE, reader, services, settlement(settings, parts, Lane.LIVE));
        bulk = new EventHandler(Lane.BULK, reader, services, settlement(settings, parts, Lane.BULK));
    }

    private static Settlement settlement(Settings settings, Parts parts, Lane lane) {
        String queueUrl = lane == Lane.LIVE ? settings.refreshQueueUrl() : settings.bulkRefreshQueueUrl();
        return new Settlement(
                new SqsSender(parts.sqs(), queueUrl),
                new SqsSender(parts.sqs(), settings.deadLetterQueueUrl()),
                new SqsVisibilityReturn(
                        parts.sqs(), queueUrl, new Visibility(settings.queueVisibilityTimeout(), parts.random())),
                parts.metrics(),
                lane == Lane.LIVE);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try {
            Instant end = clock.instant().plusMillis(context.getRemainingTimeInMillis());
            SqsEvent read = SqsEventReader.read(event, ownRoleIds);
            EventHandler handler = read.isFrom(bulkRefreshQueueUrl) ? bulk : live;
            String requestId = context.getAwsRequestId();
            BatchAnswer.write(
                    answer, handler.handle(read.messages(), end, requestId, log.with("request_id", requestId)));
        } finally {
            metrics.flush();
        }
    }
}
