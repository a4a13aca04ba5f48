package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.local.api.InjectedFault.ConnectionClosed;
import dev.nftrefresh.local.api.ReceivedRequest;
import dev.nftrefresh.operator.upload.UploadCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A bulk file that is followed from the upload to its last outcome.
 *
 * <p>The stack knows its own messages by the role that sent them, and only these say of which file a token is. LocalStack
 * names the account as the sender of every message, so here the function takes the account for its role. That the
 * template names the roles is in {@link PoliciesTest}.
 */
@OnLocalStack
@TestInstance(Lifecycle.PER_CLASS)
final class BulkSettlingTest {
    private static final String OWN_ROLE_IDS = "OWN_ROLE_IDS";
    private static final String REFUSED = "761001";

    /** A collection of which nothing is accepted: with refusals from other tests, its tokens would wait for longer. */
    private static final String NOTHING_ACCEPTED = "0x%040x".formatted(0x5e771ed);

    private final StackDeployment sandbox;
    private final String roles;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    BulkSettlingTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        roles = String.valueOf(
                sandbox.function.configuration().environment().variables().get(OWN_ROLE_IDS));
    }

    @BeforeAll
    void takeTheAccountForTheRole() {
        sandbox.function.setVariable(OWN_ROLE_IDS, sandbox.refreshQueue.account());
    }

    @AfterAll
    void restoreTheRoles() {
        sandbox.function.setVariable(OWN_ROLE_IDS, roles);
    }

    @AfterEach
    void mendTheApi() {
        sandbox.api.faults().clear();
    }

    @Test
    void uploadEndsWithTheLastOutcomeAndCountsEachTokenOnce() throws IOException {
        List<String> good = UpdateMessages.ids(760_000, 300);
        List<String> lines = new ArrayList<>();
        lines.add(UpdateMessages.token(good.getFirst()).replace("Sword", "Old sword")); // a later line is newer
        good.forEach(id -> lines.add(UpdateMessages.token(id)));
        lines.add(10, UpdateMessages.token(REFUSED));
        lines.add(20, "{\"token_id\":\"761002\"}");
        sandbox.api.faults().refuseTokens(Set.of(REFUSED));
        var lost = new AtomicBoolean();
        sandbox.api
                .faults()
                .whenever(request -> isOf(good, request) && !lost.getAndSet(true), new ConnectionClosed(true));

        OperatorCommandResult upload = upload(UpdateMessages.COLLECTION, "settled.ndjson", lines);

        assertThat(upload.err()).isEmpty();
        assertThat(upload.out())
                .isEqualToNormalizingWhitespace("The file is loaded: 302 tokens queued, 1 refused. Accepted 300,"
                        + " superseded by a newer update 1, dead-lettered 1.");
        assertThat(upload.status()).isZero();

        String file = BulkBucket.FOLDER + "settled.ndjson";
        JsonNode report = sandbox.bulkBucket.report(file);
        assertThat(BulkReport.of(report)).isEqualTo(new BulkReport("done", null, 303, 302, 1, 2));
        assertThat(outcomes(report)).containsExactly(300, 1, 1);
        assertThat(time(report, "settled_at"))
                .isBetween(time(report, "finished_at"), Instant.now())
                .isAfter(time(report, "started_at"));
        assertThat(sandbox.bulkBucket.rejected(file).lines())
                .singleElement()
                .asString()
                .contains("\"line\":21", "\"reason\":\"INVALID_TOKEN\"", "\"token_id\":\"761002\"");

        // Some were accepted twice, as one answer was lost.
        assertThat(lost).isTrue();
        assertThat(sandbox.accepted(good)).containsAll(good).hasSizeGreaterThan(good.size());
        assertThat(sandbox.contents().get(good.getFirst())).isEqualTo(JsonTexts.read(UpdateMessages.token("760000")));
        takeTheLetterOfTheRefusedToken();
        sandbox.awaitEmptyBulkQueues();
    }

    @Test
    void uploadIsBadNewsIfTheApiRefusesEveryToken() throws IOException {
        sandbox.api.faults().refuseTokens(Set.of(REFUSED));

        OperatorCommandResult upload =
                upload(NOTHING_ACCEPTED, "refused.ndjson", List.of(UpdateMessages.token(REFUSED)), "--json");

        assertThat(upload.err()).isEmpty();
        assertThat(upload.status()).isOne();
        assertThat(upload.json())
                .isEqualTo(sandbox.bulkBucket.report(
                        "%s/%s/refused.ndjson".formatted(UpdateMessages.TESTNET, NOTHING_ACCEPTED)));
        assertThat(BulkReport.of(upload.json())).isEqualTo(BulkReport.done(1, 1));
        assertThat(outcomes(upload.json())).containsExactly(0, 0, 1);
        assertThat(upload.json().has("settled_at")).isTrue();
        takeTheLetterOfTheRefusedToken();
    }

    private OperatorCommandResult upload(String contract, String name, List<String> lines, String... options)
            throws IOException {
        Path file = Files.write(folder.resolve(name), lines);
        var arguments = new ArrayList<>(List.of(file.toString(), "--contract", contract, "--wait"));
        arguments.addAll(List.of(options));
        return OperatorCommandResult.of(
                new CommandLine(new UploadCommand(sandbox.stack.cloud().operatorEnvironment())),
                arguments.toArray(String[]::new));
    }

    private void takeTheLetterOfTheRefusedToken() {
        assertThat(sandbox.deadLetterQueue.take(1)).singleElement().satisfies(letter -> {
            assertThat(StackQueue.attribute(letter, "RejectReason")).isEqualTo("REFUSED_BY_API");
            assertThat(letter).extracting(Message::body).asString().contains("\"" + REFUSED + "\"");
        });
    }

    private static boolean isOf(List<String> ids, ReceivedRequest request) {
        return ids.containsAll(request.tokenIds());
    }

    /** Accepted, superseded, dead-lettered. */
    private static List<Integer> outcomes(JsonNode report) {
        return List.of(
                report.required("tokens_accepted").intValue(),
                report.required("tokens_superseded").intValue(),
                report.required("tokens_dead_lettered").intValue());
    }

    private static Instant time(JsonNode report, String field) {
        return Instant.parse(report.required(field).asText());
    }
}
