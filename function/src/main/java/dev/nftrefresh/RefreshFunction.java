package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.api.SecretsManagerApiKeySource;
import dev.nftrefresh.dispatch.PassDependencies;
import dev.nftrefresh.dispatch.UpdateEventHandler;
import dev.nftrefresh.queue.BatchItemFailures;
import dev.nftrefresh.queue.EventSettlement;
import dev.nftrefresh.queue.SqsEvent;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.queue.SqsVisibilityChanger;
import dev.nftrefresh.queue.VisibilityTimeouts;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.QueueMessageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The Lambda handler: an SQS event in, {@code batchItemFailures} out. A handler that throws leaves every message in the
 * queue.
 */
public final class RefreshFunction implements RequestStreamHandler {
    /** Lambda begins an init that takes 10 s anew, in the first invocation; here it takes one to two. */
    private static final Duration INIT_TIMEOUT = Duration.ofSeconds(4);

    /**
     * Read to open the table's connection; there is no such item. The function's role may read no partition but those that
     * the template names, so this is one of them.
     */
    private static final SharedTable.ItemKey NO_ITEM = new SharedTable.ItemKey("gate", "none");

    private final UpdateEventHandler live;
    private final UpdateEventHandler bulk;
    private final String bulkRefreshQueueUrl;
    private final Set<String> ownRoleIds;
    private final JsonLogger log;
    private final RefreshMetrics metrics;
    private final Clock clock;

    /** What Lambda calls: settings from the environment, AWS's own clients. */
    public RefreshFunction() {
        this(System.getenv(), INIT_TIMEOUT);
    }

    /**
     * Wires the function as Lambda does, and makes ready what its first invocation needs.
     *
     * @param initTimeout how long that may take
     */
    RefreshFunction(Map<String, String> environment, Duration initTimeout) {
        RefreshFunctionSettings settings = RefreshFunctionSettings.from(environment);
        String functionName = new EnvironmentVariables(environment).text("AWS_LAMBDA_FUNCTION_NAME");
        var init = new LambdaInitPhase(Clock.systemUTC());
        init.begin(
                "sample invocation",
                () -> WarmUpInvocation.run(settings, Clock.systemUTC(), OutputStream.nullOutputStream()));
        var aws = AwsClientFactory.of(environment, DynamoDbConnections.client());
        SecretsManagerClient secrets = RefreshFunctionDependencies.secrets(aws);
        var key = new SecretsManagerApiKeySource(secrets, settings.apiKeySecretArn(), Clock.systemUTC());
        init.begin("key", key::current);
        var table = new DynamoDbTable(aws.client(DynamoDbClient.builder()), settings.tableName(), new SecureRandom());
        init.begin("table", () -> table.read(List.of(NO_ITEM), initTimeout).get(NO_ITEM));
        this(
                settings,
                RefreshFunctionDependencies.onLambda(settings, functionName, aws, table, secrets),
                key,
                RefreshRequestLimits.TOKENS);
        init.await(initTimeout, log);
    }

    /** Wires the function from given parts. */
    public RefreshFunction(RefreshFunctionSettings settings, RefreshFunctionDependencies parts) {
        this(settings, parts, RefreshRequestLimits.TOKENS);
    }

    /**
     * Wires the function from given parts.
     *
     * @param deferredLookupThreshold see {@link PassDependencies}; a test with small events sets it lower
     */
    public RefreshFunction(
            RefreshFunctionSettings settings, RefreshFunctionDependencies parts, int deferredLookupThreshold) {
        this(
                settings,
                parts,
                new SecretsManagerApiKeySource(parts.secrets(), settings.apiKeySecretArn(), parts.clock()),
                deferredLookupThreshold);
    }

    private RefreshFunction(
            RefreshFunctionSettings settings,
            RefreshFunctionDependencies parts,
            ApiKeySource key,
            int deferredLookupThreshold) {
        log = new JsonLogger(parts.log(), parts.clock());
        metrics = parts.metrics();
        clock = parts.clock();
        var services = new PassDependencies(
                parts.api(),
                parts.threads(),
                parts.shared().limiter(),
                parts.shared().ledger(),
                parts.shared().refusals(),
                key,
                new JitteredBackoff(parts.random()),
                parts.shared().waitingStore(),
                settings.batchingWindow(),
                deferredLookupThreshold,
                parts.metrics(),
                parts.clock(),
                parts.random());
        bulkRefreshQueueUrl = settings.bulkRefreshQueueUrl();
        ownRoleIds = settings.ownRoleIds();
        var reader = new QueueMessageReader(settings.chainName());
        live = new UpdateEventHandler(UpdateLane.LIVE, reader, services, settlement(settings, parts, UpdateLane.LIVE));
        bulk = new UpdateEventHandler(UpdateLane.BULK, reader, services, settlement(settings, parts, UpdateLane.BULK));
    }

    private static EventSettlement settlement(
            RefreshFunctionSettings settings, RefreshFunctionDependencies parts, UpdateLane lane) {
        String queueUrl = lane == UpdateLane.LIVE ? settings.refreshQueueUrl() : settings.bulkRefreshQueueUrl();
        return new EventSettlement(
                new SqsSender(parts.sqs(), queueUrl),
                new SqsSender(parts.sqs(), settings.deadLetterQueueUrl()),
                new SqsVisibilityChanger(
                        parts.sqs(),
                        queueUrl,
                        new VisibilityTimeouts(settings.queueVisibilityTimeout(), parts.random())),
                parts.shared().settledTokens(),
                parts.metrics(),
                lane == UpdateLane.LIVE);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try {
            Instant end = clock.instant().plusMillis(context.getRemainingTimeInMillis());
            SqsEvent read = SqsEventReader.read(event, ownRoleIds);
            UpdateEventHandler handler = read.isFrom(bulkRefreshQueueUrl) ? bulk : live;
            String requestId = context.getAwsRequestId();
            BatchItemFailures.write(
                    answer, handler.handle(read.messages(), end, requestId, log.withField("request_id", requestId)));
        } finally {
            metrics.flush();
        }
    }
}
