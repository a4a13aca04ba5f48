package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInRefreshApi;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stack that works, with the API that it calls. */
final class StackDeployment implements AutoCloseable {
    /** A cold start and a few requests on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final DeployedStack stack;
    final StandInRefreshApi api;
    final StackQueue refreshQueue;
    final StackQueue deadLetterQueue;
    final StackQueue bulkQueue;
    final StackQueue bulkDeadLetterQueue;
    final StackQueue bulkRefreshQueue;
    final StackQueue bulkSettlingQueue;
    final BulkBucket bulkBucket;
    final DeployedFunction function;
    final DeployedFunction loader;

    StackDeployment(DeployedStack stack, StandInRefreshApi api) {
        this.stack = stack;
        this.api = api;
        refreshQueue = new StackQueue(stack.cloud().sqs, stack.output("RefreshQueueUrl"));
        deadLetterQueue = new StackQueue(stack.cloud().sqs, stack.output("DeadLetterQueueUrl"));
        bulkQueue = new StackQueue(stack.cloud().sqs, stack.output("BulkQueueUrl"));
        bulkRefreshQueue = new StackQueue(stack.cloud().sqs, stack.output("BulkRefreshQueueUrl"));
        bulkSettlingQueue = new StackQueue(stack.cloud().sqs, stack.resource("BulkSettlingQueue"));
        bulkDeadLetterQueue = new StackQueue(stack.cloud().sqs, stack.resource("BulkDeadLetterQueue"));
        bulkBucket = BulkBucket.of(stack);
        function = DeployedFunction.refresh(stack);
        loader = DeployedFunction.bulkLoad(stack);
    }

    /** As IAM names the stack's table. */
    String tableArn() {
        return refreshQueue.arn().replaceFirst(":sqs:(.*):.*", ":dynamodb:$1:table/" + stack.output("TableName"));
    }

    /** Puts a key into the secret; from now on it is the only one that the API takes. */
    void rotateKeyTo(String key) {
        api.acceptOnly(key);
        putKey(key);
    }

    /** Puts a key into the secret, as docs/operations.md says. */
    void putKey(String key) {
        stack.cloud()
                .secrets
                .putSecretValue(secret ->
                        secret.secretId(stack.output("ApiKeySecretArn")).secretString(key));
    }

    /** Sends one message for each of these tokens. */
    void send(Collection<String> tokenIds) {
        refreshQueue.send(tokenIds.stream().map(UpdateMessages::update).toList());
    }

    /** Those of these tokens that the API took, as often as it took them. */
    List<String> accepted(Collection<String> tokenIds) {
        return api.recorded().stream()
                .filter(RecordedRequest::applied)
                .flatMap(request -> request.request().tokenIds().stream())
                .filter(tokenIds::contains)
                .toList();
    }

    /** What the API took last of each token. */
    Map<String, JsonNode> contents() {
        Map<String, JsonNode> contents = new HashMap<>();
        api.recorded().stream()
                .filter(RecordedRequest::applied)
                .flatMap(request -> JsonTexts.read(request.request().body())
                        .required("nft_metadata")
                        .valueStream())
                .forEach(token -> contents.put(token.required("token_id").asText(), token));
        return contents;
    }

    /** Waits until each of these was accepted, and nothing is left in the queue: neither waiting nor under way. */
    void awaitAccepted(Collection<String> tokenIds) {
        await("acceptance of each token")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted(tokenIds)).containsAll(tokenIds));
        awaitEmptyQueue();
    }

    void awaitEmptyQueue() {
        await("empty refresh queue")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refreshQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY));
    }

    /** Waits until each of these was accepted, and nothing is left in the queues that files pass through. */
    void awaitAcceptedFromBulk(Collection<String> tokenIds) {
        await("acceptance of each token")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted(tokenIds)).containsAll(tokenIds));
        awaitEmptyBulkQueues();
    }

    /** Waits until neither files nor what came out of them are in any queue. */
    void awaitEmptyBulkQueues() {
        await("empty bulk queues").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(bulkQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
            assertThat(bulkRefreshQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
        });
        assertThat(bulkDeadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
    }

    @Override
    public void close() {
        api.close();
    }
}
