package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.api.ApiKeySource;
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
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.MessageReader;
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
    private static final Duration INIT = Duration.ofSeconds(4);

    /**
     * Read to open the table's connection; there is no such item. The function's role may read no partition but those that
     * the template names, so this is one of them.
     */
    private static final Table.Key NO_ITEM = new Table.Key("gate", "none");

    private final EventHandler live;
    private final EventHandler bulk;
    private final String bulkRefreshQueueUrl;
    private final Set<String> ownRoleIds;
    private final JsonLog log;
    private final RefreshMetrics metrics;
    private final Clock clock;

    /** What Lambda calls: settings from the environment, AWS's own clients. */
    public RefreshFunction() {
        this(System.getenv(), INIT);
    }

    /**
     * Wires the function as Lambda does, and makes ready what its first invocation needs.
     *
     * @param initAtMost how long that may take
     */
    RefreshFunction(Map<String, String> environment, Duration initAtMost) {
        Settings settings = Settings.from(environment);
        String functionName = new Variables(environment).text("AWS_LAMBDA_FUNCTION_NAME");
        var init = new InitPhase(Clock.systemUTC());
        init.begin(
                "sample invocation",
                () -> SampleInvocation.run(settings, Clock.systemUTC(), OutputStream.nullOutputStream()));
        var aws = AwsClients.of(environment, DynamoDbConnections.client());
        SecretsManagerClient secrets = Parts.secrets(aws);
        var key = new SecretsManagerApiKey(secrets, settings.apiKeySecretArn(), Clock.systemUTC());
        init.begin("key", key::current);
        var table = new DynamoDbTable(aws.client(DynamoDbClient.builder()), settings.tableName(), new SecureRandom());
        init.begin("table", () -> table.read(List.of(NO_ITEM), initAtMost).get(NO_ITEM));
        this(settings, Parts.onLambda(settings, functionName, aws, table, secrets), key);
        init.await(initAtMost, log);
    }

    /** Wires the function from given parts. */
    public RefreshFunction(Settings settings, Parts parts) {
        this(settings, parts, new SecretsManagerApiKey(parts.secrets(), settings.apiKeySecretArn(), parts.clock()));
    }

    private RefreshFunction(Settings settings, Parts parts, ApiKeySource key) {
        log = new JsonLog(parts.log(), parts.clock());
        metrics = parts.metrics();
        clock = parts.clock();
        var services = new Services(
                parts.api(),
                parts.threads(),
                parts.shared().gate(),
                parts.shared().ledger(),
                parts.shared().refusals(),
                key,
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
                parts.shared().settledTokens(),
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
