package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.processing.PauseCommand;
import dev.nftrefresh.operator.processing.ResumeCommand;
import dev.nftrefresh.operator.status.StatusCommand;
import dev.nftrefresh.operator.token.TokenCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;

/**
 * The commands on a deployed stack, each as it is called. LocalStack enforces no rights, makes no metrics of the function's log,
 * and writes that log into another group, so metrics and lines are put there by hand; what a command says where AWS denies a call is in the tests of the commands' module.
 */
@OnLocalStack
final class OperatorCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Set<String> broughtLines = new HashSet<>();

    private final StackDeployment sandbox;
    private final OperatorEnvironment environment;

    OperatorCommandsTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        environment = new OperatorEnvironment(this::clients, InstantSource.system(), Map.of());
    }

    private OperatorClients clients() {
        SqsServiceClientConfiguration same = sandbox.stack.cloud().sqs.serviceClientConfiguration();
        return OperatorClients.of(
                same.region(),
                (AwsCredentialsProvider) same.credentialsProvider(),
                same.endpointOverride().orElseThrow());
    }

    /** How a command ended. */
    private record Result(int status, String out, String err) {
        JsonNode json() {
            return JsonTexts.read(out);
        }
    }

    private Result run(OperatorCommand command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    private Result status(String... arguments) {
        return run(new StatusCommand(environment, (_, _) -> Map.of()), arguments);
    }

    /** Where AWS writes it: LocalStack does not know LoggingConfig. */
    private void bringLog() {
        CloudWatchLogsClient logs = sandbox.stack.cloud().logs;
        String group = sandbox.stack.output("RefreshLogGroupName");
        String stream = UUID.randomUUID().toString();
        // Each once: with every line again at every try, the command would search ever more of them.
        List<InputLogEvent> lines = sandbox.function.log().stream()
                .filter(broughtLines::add)
                .map(line -> InputLogEvent.builder()
                        .timestamp(Instant.now().toEpochMilli())
                        .message(line)
                        .build())
                .toList();
        if (!lines.isEmpty()) {
            logs.createLogStream(create -> create.logGroupName(group).logStreamName(stream));
            logs.putLogEvents(
                    put -> put.logGroupName(group).logStreamName(stream).logEvents(lines));
        }
    }

    private Result token(String id, String... arguments) {
        List<String> all = new ArrayList<>(List.of(UpdateMessages.COLLECTION, id));
        all.addAll(List.of(arguments));
        return run(new TokenCommand(environment), all.toArray(String[]::new));
    }

    @AfterEach
    void mendTheApi() {
        sandbox.api.faults().clear();
    }

    @Test
    void saysWhenATokenWasAcceptedAndWhichVersion() {
        Instant updatedAt = Instant.now().minusSeconds(60);
        sandbox.refreshQueue.send(List.of(UpdateMessages.update("12001")
                .replaceFirst("\"nft_metadata\"", "\"updated_at\":\"" + updatedAt + "\",\"nft_metadata\"")));
        sandbox.awaitAccepted(List.of("12001"));

        Result token = token("012001");

        assertThat(token.err()).isEmpty();
        assertThat(token.status()).isZero();
        assertThat(token.out())
                .startsWith("Token 12001 of " + UpdateMessages.COLLECTION + " was accepted")
                .contains(updatedAt.toString());
        JsonNode json = token("12001", "--json").json();
        assertThat(json.path("answer").asText()).isEqualTo("accepted");
        assertThat(json.path("updated_at").asText()).isEqualTo(updatedAt.toString());
    }

    @Test
    void saysWhyATokenWasRejectedAndThatItsLetterNeedsAction() {
        sandbox.refreshQueue.send(List.of(UpdateMessages.message(
                UpdateMessages.TESTNET,
                UpdateMessages.COLLECTION,
                UpdateMessages.token("12002").replace("\"image\":null,", ""))));
        await("letter")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> sandbox.deadLetterQueue.depth().visible() == 1);

        await("line of the log").atMost(PATIENCE).untilAsserted(() -> {
            bringLog();
            assertThat(token("12002").out()).contains("was rejected");
        });

        Result token = token("12002");
        assertThat(token.status()).isOne();
        assertThat(token.out()).contains("INVALID_TOKEN", "image");
        Result status = status();
        assertThat(status.err()).isEmpty();
        assertThat(status.status()).isOne();
        assertThat(status.out()).contains("needs you", "dead-letters", "docs/operations.md#dead-letters");
        assertThat(sandbox.deadLetterQueue.take(1)).hasSize(1);
    }

    @Test
    void saysThatATokenWaitsForItsCollection() {
        sandbox.api.faults().whenever(request -> request.tokenIds().contains("12003"), InjectedFault.notFound());
        String other = UpdateMessages.COLLECTION.replace('8', '7');
        sandbox.refreshQueue.send(
                List.of(UpdateMessages.message(UpdateMessages.TESTNET, other, UpdateMessages.token("12003"))));

        await("wait for the collection").atMost(StackDeployment.PATIENCE).untilAsserted(() -> {
            Result token = run(new TokenCommand(environment), other, "12003", "--json");
            assertThat(token.status()).isZero();
            assertThat(token.json().path("waits_for").asText()).isEqualTo("collection");
            assertThat(token.json().path("until").asText()).isNotEmpty();
        });

        sandbox.api.faults().clear();
        sandbox.awaitAccepted(List.of("12003"));
    }

    @Test
    void saysThatNothingIsKnownOfATokenThatNeverArrived() {
        Result token = token("999999");

        assertThat(token.status()).isZero();
        assertThat(token.out()).contains("Nothing is known of token 999999");
    }

    @Test
    void reportsAlarmsAndAcceptances() {
        try (CloudWatchClient cloudWatch = clients().cloudWatch()) {
            String alarm = sandbox.stack.name() + "-throttled";
            MetricDatum accepted = MetricDatum.builder()
                    .metricName("TokensAccepted")
                    .dimensions(Dimension.builder()
                            .name("FunctionName")
                            .value(sandbox.stack.output("RefreshFunctionName"))
                            .build())
                    .timestamp(Instant.now())
                    .value(4_120.0)
                    .build();
            cloudWatch.putMetricData(put -> put.namespace("NftRefresh").metricData(accepted));
            cloudWatch.setAlarmState(
                    set -> set.alarmName(alarm).stateValue(StateValue.ALARM).stateReason("a test"));

            // What was put there is seen some seconds later.
            await("figures of CloudWatch").atMost(PATIENCE).untilAsserted(() -> {
                Result status = status();
                assertThat(status.status()).isOne();
                assertThat(status.out())
                        .contains("! throttled", "docs/operations.md#throttled", "4,120 updates in the last hour");
            });
            cloudWatch.setAlarmState(
                    set -> set.alarmName(alarm).stateValue(StateValue.OK).stateReason("a test"));
        }
        assertThat(status("--json").json().path("needs_attention").findValuesAsText("name"))
                .doesNotContain("throttled");
    }

    /** LocalStack knows no UsePreviousTemplate, so a deploy pauses here; what pause sends is in the tests of its module. */
    @Test
    void saysThatTheStackIsPausedAndThatItWasAlready() {
        sandbox.stack.update(Map.of("Processing", "paused"));
        try {
            assertThat(status().out()).contains("paused: updates wait until you resume");
            Result paused = run(new PauseCommand(environment));
            assertThat(paused.status()).isZero();
            assertThat(paused.out()).isEqualTo(sandbox.stack.name() + " was paused already.\n");
        } finally {
            sandbox.stack.update(Map.of("Processing", "enabled"));
        }

        Result resumed = run(new ResumeCommand(environment), "--json");

        assertThat(resumed.status()).isZero();
        assertThat(resumed.json().path("changed").asBoolean()).isFalse();
        assertThat(status("--json").json().path("paused").asBoolean()).isFalse();
    }

    @Test
    void saysThatThereIsNoSuchStackOrThatItIsOneOfAnotherKind() {
        sandbox.stack
                .cloud()
                .cloudFormation
                .createStack(create -> create.stackName("of-another-kind")
                        .templateBody("{\"Resources\":{\"Topic\":{\"Type\":\"AWS::SNS::Topic\"}}}"));

        Result missing = status("--stack", "no-such-stack");
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).contains("There is no stack no-such-stack in region us-east-1");
        Result other = status("--stack", "of-another-kind");
        assertThat(other.status()).isEqualTo(4);
        assertThat(other.err()).contains("is not a stack of nft-refresh");
    }
}
