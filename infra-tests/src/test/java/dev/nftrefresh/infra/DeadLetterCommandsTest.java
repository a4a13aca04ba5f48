package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.operator.letters.DeadLettersCommand;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters of the deployed stack, listed and sent back by the commands. LocalStack enforces no rights. */
@OnLocalStack
final class DeadLetterCommandsTest {
    private final StackDeployment sandbox;

    DeadLetterCommandsTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @AfterEach
    void mendTheApi() {
        sandbox.api.faults().clear();
    }

    /** What a command prints; it ends well. */
    private String type(String... arguments) {
        OperatorCommandResult result = OperatorCommandResult.of(
                DeadLettersCommand.in(sandbox.stack.cloud().operatorEnvironment()), arguments);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        return result.out();
    }

    private void awaitLetters(StackQueue queue, int letters) {
        await(letters + " letters")
                .atMost(StackDeployment.PATIENCE)
                .untilAsserted(() -> assertThat(queue.depth()).isEqualTo(new StackQueue.Depth(letters, 0, 0)));
    }

    @Test
    void lettersOfBothLanesAreListedAndReturnToTheirQueues() {
        sandbox.api.faults().refuseTokens(Set.of("13001", "13002"));
        sandbox.refreshQueue.send(List.of(UpdateMessages.update("13001")));
        sandbox.bulkRefreshQueue.send(List.of(UpdateMessages.update("13002")));
        sandbox.refreshQueue.send(List.of("this is not JSON"));
        awaitLetters(sandbox.deadLetterQueue, 3);

        assertThat(type("list"))
                .contains("3 dead letters in nft-refresh-sandbox.", "REFUSED_BY_API: 2 letters, 2 tokens")
                .contains("the refresh queue and the bulk refresh queue", "MALFORMED_JSON: 1 letter");
        JsonNode dry = JsonTexts.read(type("redrive", "--dry-run", "--json"));
        assertThat(dry.path("letters_sent_back").asInt()).isEqualTo(2);
        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(new StackQueue.Depth(3, 0, 0));

        sandbox.api.faults().clear();
        assertThat(type("redrive"))
                .contains("2 dead letters of nft-refresh-sandbox went back.")
                .contains("REFUSED_BY_API: 1 letter to the refresh queue")
                .contains("REFUSED_BY_API: 1 letter to the bulk refresh queue")
                .contains("MALFORMED_JSON: 1 letter, only with --reason MALFORMED_JSON");

        sandbox.awaitAccepted(List.of("13001", "13002"));
        sandbox.awaitEmptyBulkQueues();
        assertThat(sandbox.deadLetterQueue.take(1)).hasSize(1);
    }

    @Test
    void aLetterWithoutAReasonDoesNotOverwriteANewerUpdate() {
        String old = UpdateMessages.update("13003").replace("Sword", "Old sword");
        sandbox.deadLetterQueue.send(List.of(old));
        awaitLetters(sandbox.deadLetterQueue, 1);
        sandbox.send(List.of("13003"));
        sandbox.awaitAccepted(List.of("13003"));

        assertThat(type("list")).contains("NONE: 1 letter, 1 token");

        assertThat(type("redrive", "--reason", "NONE", "--contract", UpdateMessages.COLLECTION))
                .contains("NONE: 1 letter to the refresh queue");

        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
        sandbox.awaitEmptyQueue();
        assertThat(sandbox.contents())
                .hasEntrySatisfying(
                        "13003",
                        token -> assertThat(token.required("name").asText()).isEqualTo("Sword"));
    }

    @Test
    void notificationsOfFilesThatWereNotLoadedReturnToTheLoader() {
        sandbox.bulkDeadLetterQueue.send(List.of("{\"Event\":\"s3:TestEvent\"}"));
        awaitLetters(sandbox.bulkDeadLetterQueue, 1);

        JsonNode list = JsonTexts.read(type("list", "--json"));
        assertThat(list.path("letters").path(0).path("goes_to").asText()).isEqualTo("bulk");
        assertThat(type("redrive", "--yes")).contains("FILE_NOT_LOADED: 1 letter to the queue of files to load");

        sandbox.awaitEmptyBulkQueues();
    }
}
