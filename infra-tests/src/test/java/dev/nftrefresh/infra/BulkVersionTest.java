package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of two updates of a token wins, of which one came alone and one in a bulk file. */
@OnLocalStack
final class BulkVersionTest {
    private final StackDeployment sandbox;

    BulkVersionTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aFileOverwritesNoLiveUpdateMadeAfterItsExport() {
        Instant exported = Instant.now().minus(Duration.ofHours(1));
        sandbox.refreshQueue.send(List.of(
                live("740001", exported.minus(Duration.ofMinutes(1))),
                live("740002", exported.plus(Duration.ofMinutes(1)))));
        sandbox.awaitAccepted(List.of("740001", "740002"));

        String file = BulkBucket.FOLDER + "exported-before.ndjson";
        byte[] lines = (UpdateMessages.token("740001") + "\n" + UpdateMessages.token("740002"))
                .getBytes(StandardCharsets.UTF_8);
        sandbox.bulkBucket.upload(file, lines, Map.of("updated-at", exported.toString()));

        assertThat(sandbox.bulkBucket.awaitOutcome(file)).isEqualTo(BulkReport.done(2, 1));
        sandbox.awaitEmptyBulkQueues();
        assertThat(sandbox.contents())
                .containsEntry("740001", JsonTexts.read(UpdateMessages.token("740001")))
                .containsEntry("740002", JsonTexts.read(liveToken("740002")));
        assertThat(sandbox.accepted(List.of("740002"))).hasSize(1);
    }

    private static String live(String tokenId, Instant updatedAt) {
        return """
                {"updated_at":"%s",%s""".formatted(
                        updatedAt,
                        UpdateMessages.message(UpdateMessages.TESTNET, UpdateMessages.COLLECTION, liveToken(tokenId))
                                .substring(1));
    }

    private static String liveToken(String tokenId) {
        return UpdateMessages.token(tokenId).replace("Sword", "Shield");
    }
}
