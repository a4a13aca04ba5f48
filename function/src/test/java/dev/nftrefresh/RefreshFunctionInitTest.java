package dev.nftrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a copy makes ready before its first event, and that nothing of it can keep the copy from starting. */
class RefreshFunctionInitTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String NOTHING_STAYS = "{\"batchItemFailures\":[]}";

    private final AwsStandInServer aws;

    RefreshFunctionInitTest() throws IOException {
        aws = new AwsStandInServer();
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        environment.put("ENVIRONMENT_NAME", "sandbox");
        environment.put("CHAIN_NAME", "imtbl-zkevm-testnet");
        environment.put("IMMUTABLE_BASE_URL", aws.address());
        environment.put("API_KEY_SECRET_ARN", "arn:secret");
        environment.put("REFRESH_QUEUE_URL", aws.address() + "/live");
        environment.put("DEAD_LETTER_QUEUE_URL", aws.address() + "/dead");
        environment.put("BULK_REFRESH_QUEUE_URL", aws.address() + "/bulk");
        environment.put("QUEUE_VISIBILITY_TIMEOUT_SECONDS", "360");
        environment.put("BATCHING_WINDOW_SECONDS", "5");
        environment.put("MAX_REQUESTS_PER_SECOND", "5");
        environment.put("QUOTA_UNIT", "auto");
        environment.put("LIVE_RESERVE_PERCENT", "20");
        environment.put("TABLE_NAME", "table");
        environment.put("LATEST_WINS", "enabled");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "refresh-1");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "id");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        environment.put("AWS_SESSION_TOKEN", "token");
        return environment;
    }

    private RefreshFunction started(Duration initAtMost) {
        return new RefreshFunction(environment(), initAtMost);
    }

    /** The answer to an event of one valid message. */
    private static String handle(RefreshFunction function) throws IOException {
        var answer = new ByteArrayOutputStream();
        byte[] event =
                WarmUpInvocation.event("imtbl-zkevm-testnet", Clock.systemUTC()).getBytes(StandardCharsets.UTF_8);
        function.handleRequest(new ByteArrayInputStream(event), answer, new WarmUpInvocation.WarmUpContext("sample"));
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyKeyAndTableAreReadBeforeTheFirstEvent() throws IOException {
        RefreshFunction function = started(LONG);

        assertThat(aws.calls).containsExactlyInAnyOrder("GetSecretValue", "BatchGetItem");

        assertThat(handle(function)).isEqualTo(NOTHING_STAYS);
        assertThat(aws.calls).containsOnlyOnce("GetSecretValue", "api");
        assertThat(aws.keys).containsExactly("sk_imapik-1");
    }

    @Test
    void theItemThatIsReadIsInAPartitionThatTheRoleMayRead() throws IOException {
        started(LONG);

        // CloudFormationTemplateTest says which partitions these are.
        assertThat(aws.bodies.get("BatchGetItem")).contains("\"pk\":{\"S\":\"gate");
    }

    @Test
    void aSecretThatIsMissingAtTheStartIsReadAgainByTheFirstInvocation() throws IOException {
        aws.fail("GetSecretValue", "ResourceNotFoundException");
        RefreshFunction function = started(LONG);

        aws.recover();

        assertThat(handle(function)).isEqualTo(NOTHING_STAYS);
        assertThat(aws.keys).containsExactly("sk_imapik-1");
    }

    @Test
    void aSecretThatStaysMissingReturnsTheMessageAsUsual() throws IOException {
        aws.fail("GetSecretValue", "ResourceNotFoundException");

        assertThat(handle(started(LONG))).contains("sample");
        assertThat(aws.keys).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetSecretValue", "BatchGetItem"})
    void aCallThatHangsAtTheStartIsRepeatedByTheFirstInvocation(String call) throws IOException {
        aws.hang(call);
        RefreshFunction function = started(SHORT);

        aws.recover();

        assertThat(handle(function)).isEqualTo(NOTHING_STAYS);
        assertThat(aws.keys).containsExactly("sk_imapik-1");
    }

    @Test
    void theSampleInvocationEndsWithAnAcceptance() throws IOException {
        var log = new ByteArrayOutputStream();

        String answer = WarmUpInvocation.run(RefreshFunctionSettings.from(environment()), Clock.systemUTC(), log);

        assertThat(answer).isEqualTo(NOTHING_STAYS);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"TokensAccepted\":1");
        assertThat(aws.calls).isEmpty();
    }
}
