package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A bulk file on its way from the upload to its report and to the API. */
@OnLocalStack
final class BulkFileTest {
    private final StackDeployment sandbox;
    private final BulkBucket bucket;

    BulkFileTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        bucket = sandbox.bulkBucket;
    }

    @Test
    void aFileIsQueuedReportedAndAccepted() {
        List<String> ids = UpdateMessages.ids(700_000, 260);
        String file = BulkBucket.FOLDER + "season 7.ndjson";
        String lines = ids.stream().map(UpdateMessages::token).collect(Collectors.joining("\n"));

        bucket.upload(file, lines + "\nnot a token\n");

        assertThat(bucket.awaitOutcome(file)).isEqualTo(new BulkReport("done", null, 261, 260, 1, 2));
        assertThat(bucket.rejected(file))
                .contains("\"line\":261", "\"reason\":\"MALFORMED_JSON\"", "\"content\":\"not a token\"");
        sandbox.awaitAcceptedFromBulk(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
    }
}
