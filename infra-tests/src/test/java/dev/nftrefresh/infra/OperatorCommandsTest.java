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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

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
        environment = sandbox.stack.cloud().operatorEnvironment();
    }

    private static OperatorCommandResult run(OperatorCommand command, String... arguments) {
        return OperatorCommandResult.of(new CommandLine(command), arguments);
    }

    private OperatorCommandResult status(String... arguments) {
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

    private OperatorCommandResult token(String id, String... arguments) {
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

        OperatorCommandResult token = token("012001");

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

        OperatorCommandResult token = token("12002");
        assertThat(token.status()).isOne();
        assertThat(token.out()).contains("INVALID_TOKEN", "image");
        OperatorCommandResult status = status();
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
            OperatorCommandResult token = run(new TokenCommand(environment), other, "12003", "--json");
            assertThat(token.status()).isZero();
            assertThat(token.json().path("waits_for").asText()).isEqualTo("collection");
            assertThat(token.json().path("until").asText()).isNotEmpty();
        });

        sandbox.api.faults().clear();
        sandbox.awaitAccepted(List.of("12003"));
    }

    @Test
    void saysThatNothingIsKnownOfATokenThatNeverArrived() {
        OperatorCommandResult token = token("999999");

        assertThat(token.status()).isZero();
        assertThat(token.out()).contains("Nothing is known of token 999999");
    }

    @Test
    void reportsAlarmsAndAcceptances() {
        try (OperatorClients clients = environment.clients().get()) {
            CloudWatchClient cloudWatch = clients.cloudWatch();
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
                OperatorCommandResult status = status();
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

    @Test
    void pauseLeavesUpdatesInTheQueueUntilResume() throws IOException {
        try (PreviousTemplateProxy proxy = PreviousTemplateProxy.of(sandbox.stack)) {
            OperatorEnvironment through = sandbox.stack.cloud().operatorEnvironment(proxy.address());
            List<String> ids = UpdateMessages.ids(12_100, 20);
            OperatorCommandResult resumed;
            try {
                OperatorCommandResult paused = run(new PauseCommand(through));
                assertThat(paused.err()).isEmpty();
                assertThat(paused.status()).isZero();
                assertThat(paused.out()).startsWith(sandbox.stack.name() + " is paused: updates wait in its queues");
                sandbox.function.awaitPollingStopped();
                sandbox.loader.awaitPollingStopped();
                // A poll that began before may still receive, for the batching window of one second.
                await("end of the last poll")
                        .during(Duration.ofSeconds(2))
                        .until(() -> sandbox.refreshQueue.depth().equals(StackQueue.Depth.EMPTY));

                sandbox.send(ids);

                await("no receive")
                        .during(Duration.ofSeconds(4))
                        .atMost(Duration.ofSeconds(8))
                        .untilAsserted(() -> assertThat(sandbox.refreshQueue.depth())
                                .isEqualTo(new StackQueue.Depth(ids.size(), 0, 0)));
                assertThat(sandbox.accepted(ids)).isEmpty();
                assertThat(status().out()).contains("paused: updates wait until you resume");
                assertThat(run(new PauseCommand(through)).out())
                        .isEqualTo(sandbox.stack.name() + " was paused already.\n");
            } finally {
                resumed = run(new ResumeCommand(through), "--json");
            }

            assertThat(resumed.err()).isEmpty();
            assertThat(resumed.status()).isZero();
            assertThat(resumed.json().path("changed").asBoolean()).isTrue();
            sandbox.awaitAccepted(ids);
            assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(status("--json").json().path("paused").asBoolean()).isFalse();
            assertThat(run(new ResumeCommand(through), "--json")
                            .json()
                            .path("changed")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void saysThatThereIsNoSuchStackOrThatItIsOneOfAnotherKind() {
        sandbox.stack
                .cloud()
                .cloudFormation
                .createStack(create -> create.stackName("of-another-kind")
                        .templateBody("{\"Resources\":{\"Topic\":{\"Type\":\"AWS::SNS::Topic\"}}}"));

        OperatorCommandResult missing = status("--stack", "no-such-stack");
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).contains("There is no stack no-such-stack in region us-east-1");
        OperatorCommandResult other = status("--stack", "of-another-kind");
        assertThat(other.status()).isEqualTo(4);
        assertThat(other.err()).contains("is not a stack of nft-refresh");
    }
}
