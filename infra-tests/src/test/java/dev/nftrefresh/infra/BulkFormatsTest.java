package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bulk files of every format. */
@OnLocalStack
final class BulkFormatsTest {
    private final StackDeployment sandbox;

    BulkFormatsTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void filesOfEveryFormatAreQueuedReportedAndAcceptedSideBySide() {
        List<BulkSample> samples = BulkSample.ofEveryFormat();
        List<String> ids =
                samples.stream().flatMap(sample -> sample.ids().stream()).toList();

        samples.forEach(sample -> sample.uploadTo(sandbox.bulkBucket));

        assertThat(samples)
                .allSatisfy(sample -> assertThat(sandbox.bulkBucket.awaitOutcome(sample.file()))
                        .isEqualTo(BulkReport.done(BulkSample.TOKENS, 1)));
        sandbox.awaitAcceptedFromBulk(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
        Map<String, JsonNode> tokens =
                ids.stream().collect(Collectors.toMap(id -> id, id -> JsonTexts.read(BulkSample.token(id))));
        assertThat(sandbox.contents()).containsAllEntriesOf(tokens);
    }
}
