package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bulk files that cannot be loaded, however often it is tried. */
@OnLocalStack
final class BulkRefusedFileTest {
    private static final String MAINNET_FILE =
            UpdateMessages.MAINNET + "/" + UpdateMessages.COLLECTION + "/season.ndjson";
    private static final String PICTURE = BulkBucket.FOLDER + "season.png";
    private static final String EMPTY = BulkBucket.FOLDER + "empty.ndjson";
    private static final String UNDATED = BulkBucket.FOLDER + "undated.ndjson";
    private static final String OUTSIDE = "readme.ndjson";

    private final StackDeployment sandbox;
    private final BulkBucket bucket;

    BulkRefusedFileTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        bucket = sandbox.bulkBucket;
    }

    @Test
    void eachIsReportedWithASentenceAndQueuesNothingWhileAValidOneIsLoaded() {
        String refused = UpdateMessages.token("720001");
        String good = BulkBucket.FOLDER + "good.ndjson";

        bucket.upload(BulkBucket.FOLDER, ""); // a folder, as S3's console makes it
        bucket.upload(MAINNET_FILE, refused);
        bucket.upload(PICTURE, refused);
        bucket.upload(EMPTY, "");
        bucket.upload(UNDATED, refused.getBytes(StandardCharsets.UTF_8), Map.of("updated-at", "yesterday"));
        bucket.upload(OUTSIDE, refused);
        bucket.upload(good, UpdateMessages.token("720002"));

        assertThat(bucket.awaitOutcome(MAINNET_FILE))
                .isEqualTo(BulkReport.failed("The key incoming/" + MAINNET_FILE
                        + " is for chain_name \"imtbl-zkevm-mainnet\", but this environment serves only"
                        + " imtbl-zkevm-testnet."));
        assertThat(bucket.awaitOutcome(PICTURE))
                .isEqualTo(BulkReport.failed("The key incoming/" + PICTURE
                        + " has an unknown ending: a bulk file ends in .ndjson, .jsonl, .json or .csv, each also with"
                        + " .gz after it."));
        assertThat(bucket.awaitOutcome(EMPTY))
                .isEqualTo(BulkReport.failed("The file has no tokens; check that it was exported whole."));
        assertThat(bucket.awaitOutcome(UNDATED).detail()).startsWith("The object's metadata updated-at is refused: ");
        assertThat(bucket.awaitOutcome(OUTSIDE))
                .isEqualTo(BulkReport.failed("The key incoming/readme.ndjson does not name chain, contract and file:"
                        + " upload it as incoming/<chain_name>/<contract_address>/<any name>."));
        assertThat(bucket.awaitOutcome(good)).isEqualTo(BulkReport.done(1, 1));
        sandbox.awaitAcceptedFromBulk(List.of("720002"));
        assertThat(sandbox.accepted(List.of("720001"))).isEmpty();
        assertThat(bucket.reports()).doesNotContain("reports/" + BulkBucket.FOLDER + ".report.json");
        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
    }
}
