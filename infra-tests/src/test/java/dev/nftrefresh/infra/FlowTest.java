package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** Updates on their way through the deployed queue, event source mapping and function. */
@OnLocalStack
final class FlowTest {
    private final StackDeployment sandbox;

    FlowTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @AfterEach
    void mendTheApi() {
        sandbox.api.faults().clear();
    }

    @Test
    void acceptsUpdatesInConformingBatches() {
        List<String> ids = UpdateMessages.ids(1_000, 300);

        sandbox.send(ids);

        sandbox.awaitAccepted(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(sandbox.api.counts().nonconforming()).isZero();
        assertThat(sandbox.api.counts().largestRequestTokens()).isBetween(2L, 250L);
    }

    @Test
    void movesInvalidUpdatesToTheDeadLetterQueueWithTheirReason() {
        String tooLarge = UpdateMessages.token("2003").replace("Sword", "x".repeat(16 * 1_024));
        List<String> sent = sandbox.refreshQueue.send(List.of(
                "this is not JSON",
                UpdateMessages.message(UpdateMessages.MAINNET, UpdateMessages.COLLECTION, UpdateMessages.token("2001")),
                UpdateMessages.message(UpdateMessages.TESTNET, "0x1", UpdateMessages.token("2002")),
                UpdateMessages.message(UpdateMessages.TESTNET, UpdateMessages.COLLECTION, tooLarge),
                UpdateMessages.message(
                        UpdateMessages.TESTNET,
                        UpdateMessages.COLLECTION,
                        UpdateMessages.token("2004"),
                        UpdateMessages.token("no number"))));

        List<Message> letters = sandbox.deadLetterQueue.take(5);

        assertThat(letters)
                .extracting(
                        letter -> StackQueue.attribute(letter, "RejectReason"),
                        letter -> StackQueue.attribute(letter, "SourceMessageId"))
                .containsExactlyInAnyOrder(
                        tuple("MALFORMED_JSON", sent.get(0)),
                        tuple("WRONG_CHAIN", sent.get(1)),
                        tuple("INVALID_MESSAGE", sent.get(2)),
                        tuple("TOKEN_TOO_LARGE", sent.get(3)),
                        tuple("INVALID_TOKEN", sent.get(4)));
        assertThat(letters)
                .allSatisfy(letter ->
                        assertThat(StackQueue.attribute(letter, "RejectDetail")).isNotBlank());
        sandbox.awaitAccepted(List.of("2004"));
    }

    /** As docs/operations.md says: the letters were not moved by SQS itself, so it does not know where they came from. */
    @Test
    void acceptsDeadLettersThatAreMovedBackOnceTheCauseIsFixed() {
        List<String> ids = UpdateMessages.ids(3_000, 8);
        sandbox.api.faults().refuseTokens(Set.of("3001"));
        sandbox.send(ids);
        await("dead letter")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(new StackQueue.Depth(1, 0, 0)));
        sandbox.awaitEmptyQueue();
        assertThat(sandbox.accepted(ids)).hasSize(7).doesNotContain("3001");

        sandbox.api.faults().clear();
        sandbox.deadLetterQueue.moveTo(sandbox.refreshQueue);

        sandbox.awaitAccepted(ids);
        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
    }
}
