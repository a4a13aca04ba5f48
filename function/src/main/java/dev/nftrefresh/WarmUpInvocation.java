package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.dispatch.PassThreads;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One invocation of a function that is wired like the real one but for what reaches outside: its table is memory, and its API
 * accepts. What it loads and links, the first invocation finds ready. It shares no object with the real function, so that
 * nothing made up can come to the table, a queue, the API, the log or the metrics.
 */
final class WarmUpInvocation {
    private WarmUpInvocation() {}

    /**
     * Runs it.
     *
     * @return the answer that Lambda would have
     */
    static String run(RefreshFunctionSettings settings, Clock clock, OutputStream log) throws IOException {
        var out = new PrintStream(log, false, StandardCharsets.UTF_8);
        var metrics = new EmfRefreshMetrics("sample", out, clock);
        var random = new SplittableRandom();
        var parts = new RefreshFunctionDependencies(
                (_, _, _, _) -> new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN),
                PassThreads::inRealTime,
                new UnusedSqs(),
                new FixedSecretsManager(),
                SharedState.in(
                        new InMemoryTable(),
                        settings,
                        TableFailureListener.in(metrics, new JsonLogger(out, clock)),
                        "sample",
                        clock),
                metrics,
                out,
                clock,
                random);
        byte[] event = event(settings.chainName(), clock).getBytes(StandardCharsets.UTF_8);
        var answer = new ByteArrayOutputStream();
        new RefreshFunction(settings, parts)
                .handleRequest(new ByteArrayInputStream(event), answer, new WarmUpContext("sample"));
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** An event of one valid message, which was sent just now. */
    static String event(String chainName, Clock clock) {
        return """
                {"Records":[{"messageId":"sample","receiptHandle":"sample","body":"{\\"chain_name\\":\\"%s\\",\
                \\"contract_address\\":\\"0x0000000000000000000000000000000000000000\\",\\"nft_metadata\\":[{\
                \\"token_id\\":\\"1\\",\\"name\\":\\"a\\",\\"description\\":null,\\"image\\":null,\\"external_url\\":null,\
                \\"animation_url\\":null,\\"youtube_url\\":null,\\"attributes\\":[{\\"trait_type\\":\\"a\\",\\"value\\":1}]}]}",\
                "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"%d","SenderId":"sample"},\
                "messageAttributes":{},"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:sample"}]}""".formatted(chainName, clock.millis());
    }

    /** Nothing is sent of a message whose tokens were accepted. */
    private static final class UnusedSqs implements SqsClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static final class FixedSecretsManager implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder().secretString("sample").build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    /** Stands in for what the Lambda runtime says of an invocation with this id. */
    record WarmUpContext(String requestId) implements Context {
        private static final Duration TIME_LEFT = Duration.ofSeconds(60);

        @Override
        public String getAwsRequestId() {
            return requestId;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) TIME_LEFT.toMillis();
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 0;
        }

        @Override
        public @Nullable LambdaLogger getLogger() {
            return null;
        }
    }
}
