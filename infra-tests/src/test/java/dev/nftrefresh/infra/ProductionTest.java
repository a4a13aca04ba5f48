package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A production stack. It never gets a key here, and inside the containers the API's name leads nowhere, so that no test
 * can call the real one.
 */
@OnLocalStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ProductionTest {
    private final DeployedStack stack;
    private final DeployedFunction function;

    ProductionTest(StackDeployer deployer) {
        stack = deployer.begin("nft-refresh-production", Map.of("EnvironmentName", "production"))
                .awaitDeployed();
        function = DeployedFunction.refresh(stack);
    }

    @Test
    @Order(1)
    void isDeployedWithTheSettingsOfProduction() {
        assertThat(function.configuration().environment().variables())
                .containsEntry("ENVIRONMENT_NAME", "production")
                .containsEntry("CHAIN_NAME", UpdateMessages.MAINNET)
                .containsEntry("IMMUTABLE_BASE_URL", "https://api.immutable.com")
                .containsEntry("REFRESH_QUEUE_URL", stack.output("RefreshQueueUrl"))
                .containsEntry("DEAD_LETTER_QUEUE_URL", stack.output("DeadLetterQueueUrl"))
                .containsEntry("API_KEY_SECRET_ARN", stack.output("ApiKeySecretArn"));
    }

    /** No parameter is given here but the environment, so this is what a first deploy makes. */
    @Test
    @Order(2)
    void pollsInLargeBatchesByDefault() {
        var mapping = function.mapping();

        assertThat(mapping.batchSize()).isEqualTo(10_000);
        assertThat(mapping.maximumBatchingWindowInSeconds()).isEqualTo(5);
        assertThat(mapping.scalingConfig().maximumConcurrency()).isEqualTo(2);
        assertThat(mapping.functionResponseTypes()).containsExactly(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
        assertThat(mapping.functionArn()).endsWith(":" + stack.output("RefreshFunctionName"));
    }

    @Test
    @Order(2)
    void tracesNothingByDefault() {
        assertThat(function.configuration().tracingConfig().mode()).isEqualTo(TracingMode.PASS_THROUGH);
    }

    @Test
    @Order(3)
    void movesATestnetUpdateToItsDeadLetterQueueWithoutCallingAnyApi() {
        var queue = new StackQueue(stack.cloud().sqs, stack.output("RefreshQueueUrl"));
        queue.send(List.of(UpdateMessages.update("1")));

        Message letter = new StackQueue(stack.cloud().sqs, stack.output("DeadLetterQueueUrl"))
                .take(1)
                .getFirst();

        assertThat(StackQueue.attribute(letter, "RejectReason")).isEqualTo("WRONG_CHAIN");
        assertThat(StackQueue.attribute(letter, "RejectDetail")).contains(UpdateMessages.MAINNET);
        await("end of the pass")
                .atMost(StackDeployment.PATIENCE)
                .untilAsserted(
                        () -> assertThat(function.log()).anyMatch(line -> line.contains("\"message\":\"pass\"")));
        // Each request writes a line of this name, answered or not.
        assertThat(function.log()).noneMatch(line -> line.contains("\"message\":\"refresh\""));
    }

    /** CloudFormation refuses it before, by a rule of the template; LocalStack does not look at rules. */
    @Test
    @Order(4)
    void refusesToStartWithAnotherApi() {
        function.setVariable("IMMUTABLE_BASE_URL", "http://host.docker.internal:1");

        var answer = function.invoke("{\"Records\":[]}");

        assertThat(answer.functionError()).isNotNull();
        assertThat(answer.payload().asUtf8String())
                .contains("IMMUTABLE_BASE_URL must be https://api.immutable.com in production");
    }
}
