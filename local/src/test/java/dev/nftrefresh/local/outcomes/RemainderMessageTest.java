package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** A message of which something was accepted is finished in that pass; what remains goes as messages of whole batches. */
final class RemainderMessageTest extends SandboxTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** One request passes, and the next window is far beyond a message's longest delay. */
    private static final SandboxSettings ONE_AN_HOUR =
            SandboxSettings.USUAL.withCopies(1).withStandIn(StandInSettings.perWindow(1, Duration.ofHours(1)));

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static void untilTheFirstPassEnded(LocalSandbox sandbox) {
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();
    }

    @Test
    void theRestOf600TokensIsSentInWholeBatchesAndTheOriginalIsDeleted() throws IOException {
        LocalSandbox sandbox = sandbox(ONE_AN_HOUR);
        Instant before = sandbox.clock().instant();
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)));
        Instant after = sandbox.clock().instant();
        untilTheFirstPassEnded(sandbox);

        assertThat(acceptedIds(sandbox)).hasSize(250);
        assertThat(sandbox.depth().delayed()).isEqualTo(2);
        assertThat(sandbox.depth().inFlight() + sandbox.depth().visible()).isZero();

        sandbox.advanceUntilVisible(2, STEP);
        assertThat(sandbox.clock().instant()).isAfter(before.plusSeconds(900));
        List<Message> remainders = sandbox.visibleMessages();
        assertThat(remainders).hasSize(2).allSatisfy(message -> {
            Map<String, String> attributes = QueueReader.attributes(message);
            assertThat(attributes).containsOnlyKeys("FirstSentAt", "Attempts").containsEntry("Attempts", "1");
            assertThat(Long.parseLong(attributes.get("FirstSentAt")))
                    .isBetween(before.toEpochMilli(), after.toEpochMilli());
        });
        List<JsonNode> bodies = List.of(
                JSON.readTree(remainders.get(0).body()),
                JSON.readTree(remainders.get(1).body()));
        assertThat(bodies).extracting(body -> body.get("nft_metadata").size()).containsExactlyInAnyOrder(250, 100);
        assertThat(bodies).allSatisfy(body -> {
            Instant version = Instant.parse(body.get("updated_at").asText());
            assertThat(version).isBetween(before.minusMillis(1), after);
            assertThat(body.get("chain_name").asText()).isEqualTo(ProducerMessages.CHAIN);
        });

        sandbox.drainSkippingWaits(MINUTE);
        assertThat(acceptedIds(sandbox)).hasSize(600).doesNotHaveDuplicates();
        assertThat(sandbox.requests()).hasSize(3);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(600);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isZero();
    }

    @Test
    void tokensWithVersionsOfTheirOwnKeepThem() throws IOException {
        LocalSandbox sandbox = sandbox(ONE_AN_HOUR);
        Instant noon = Instant.parse("2026-11-20T12:00:00.000000009Z");
        List<String> tokens = ProducerMessages.tokens(0, 300).stream()
                .map(token -> token.replace("}", ",\"updated_at\":\"" + noon + "\"}"))
                .toList();
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, tokens));
        untilTheFirstPassEnded(sandbox);

        sandbox.advanceUntilVisible(1, STEP);
        Message remainder = sandbox.visibleMessages().getFirst();
        JsonNode body = JSON.readTree(remainder.body());
        assertThat(body.get("nft_metadata"))
                .hasSize(50)
                .allSatisfy(token -> assertThat(token.path("updated_at")
                                .asText(body.path("updated_at").asText()))
                        .isEqualTo(noon.toString()));

        sandbox.advance(Duration.ofHours(1));
        sandbox.send(ProducerMessages.messageMadeAt(noon.minusNanos(1), ProducerMessages.token(299, "older")));
        sandbox.drainSkippingWaits();
        assertThat(String.join("", acceptedBodies(sandbox)))
                .doesNotContain("older")
                .doesNotContain("updated_at");
    }

    @Test
    void neitherAgeNorAttemptsStartAgain() {
        LocalSandbox sandbox = sandbox(ONE_AN_HOUR);
        long firstSentAt = sandbox.clock().millis() - 123_456;
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 300)),
                Map.of("FirstSentAt", Long.toString(firstSentAt), "Attempts", "7"));
        untilTheFirstPassEnded(sandbox);

        sandbox.advanceUntilVisible(1, STEP);
        assertThat(sandbox.visibleMessages())
                .hasSize(1)
                .allSatisfy(message -> assertThat(QueueReader.attributes(message))
                        .containsEntry("FirstSentAt", Long.toString(firstSentAt))
                        .containsEntry("Attempts", "8"));
    }

    @Test
    void aMessageOfWhichNothingWasAcceptedReturnsUnchanged() {
        LocalSandbox sandbox = sandbox(ONE_AN_HOUR);
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(0, 300)));
        untilTheFirstPassEnded(sandbox);

        assertThat(sandbox.depth().inFlight()).isEqualTo(1);
        assertThat(sandbox.depth().delayed()).isZero();
    }

    @Test
    void theRestAfterARejectionIsARemainderToo() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token("x1"), ProducerMessages.token(2)));
        untilTheFirstPassEnded(sandbox);

        assertThat(sandbox.deadLetters()).hasSize(1);
        assertThat(sandbox.depth().delayed()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).containsExactly("2");
        assertThat(sandbox.deadLetters()).hasSize(1);
    }

    @Test
    void tokensInRemaindersAreUnchanged() {
        LocalSandbox sandbox = sandbox(ONE_AN_HOUR);
        String odd = "{ \"token_id\":\"0099\" ,\"name\":\"\\u0053 é 😀\",\"description\":null,\"image\":null,\t"
                + "\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,\"more\":[1e400,-0.0],"
                + "\"attributes\":[{\"trait_type\":\"x\",\"value\":12345678901234567890.123456789}] }";
        List<String> tokens = new ArrayList<>(ProducerMessages.tokens(1_000, 1_250));
        tokens.add(odd);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, tokens));

        sandbox.drainSkippingWaits(MINUTE);

        assertThat(String.join("", acceptedBodies(sandbox))).contains(odd);
        assertThat(sandbox.requests()).hasSize(2);
    }
}
