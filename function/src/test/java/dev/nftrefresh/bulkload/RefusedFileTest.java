package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.BUCKET;
import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.token;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be loaded: the report says why, and the message is done with. */
final class RefusedFileTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();

    private void isFailed(JsonNode report, String detail) {
        assertThat(report.get("status").asText()).isEqualTo("failed");
        assertThat(report.get("detail").asText()).isEqualTo(detail);
        assertThat(report.get("finished_at").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(report.get("tokens_read").asLong())
                .isEqualTo(report.get("tokens_queued").asLong()
                        + report.get("tokens_rejected").asLong());
    }

    private JsonNode reportAt(String key) {
        return BulkLoaderFixture.json(Objects.requireNonNull(stage.outside.store.text(BUCKET, key), key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "incoming/a.json|reports/a.json.report.json|does not name chain, contract and file",
                "incoming/imtbl-zkevm-mainnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/a.json"
                        + "|reports/imtbl-zkevm-mainnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/a.json.report.json"
                        + "|serves only imtbl-zkevm-testnet",
                "incoming/imtbl-zkevm-testnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/a b.xml"
                        + "|reports/imtbl-zkevm-testnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/a b.xml.report.json"
                        + "|has an unknown ending",
                "elsewhere/a.json|reports/elsewhere/a.json.report.json|is not under incoming/"
            })
    void aKeyWithoutChainCollectionOrFormat(String key, String report, String detail) {
        ObjectVersionId file = stage.outside.store.upload(BUCKET, key, utf8(tokens(3)), null);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(reportAt(report).get("status").asText()).isEqualTo("failed");
        assertThat(reportAt(report).get("detail").asText()).contains(detail);
        assertThat(stage.outside.bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "  "})
    void aFileWithoutTokens(String content) {
        assertThat(stage.deliver(stage.upload("a.ndjson", utf8(content)))).isFalse();

        isFailed(stage.report("a.ndjson"), "The file has no tokens; check that it was exported whole.");
    }

    @Test
    void aFileWithOnlyRejectedTokensIsDone() {
        stage.deliver(stage.upload("a.ndjson", utf8("{}\n{}")));

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.report("a.ndjson").get("tokens_rejected").asLong()).isEqualTo(2);
        assertThat(stage.rejected("a.ndjson")).hasSize(2);
        assertThat(stage.outside.bodies).isEmpty();
    }

    @Test
    void aFileThatWasDeletedBeforeItCouldBeRead() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(3)));
        stage.outside.store.delete(BUCKET, file.key());

        assertThat(stage.deliver(file)).isFalse();

        isFailed(
                stage.report("a.ndjson"),
                "The object " + file + " was deleted before it could be read; upload it again.");
        assertThat(stage.outside.bodies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yesterday|updated_at is not an RFC 3339 time such as 2026-11-23T10:00:00.123Z",
                "1795600800000|updated_at is not an RFC 3339 time such as 2026-11-23T10:00:00.123Z",
                "2019-11-25T10:00:00Z|updated_at is 2019-11-25T10:00:00Z, before 2020, as if epoch seconds were given instead of milliseconds",
                "2026-11-25T10:05:00.001Z|updated_at is 2026-11-25T10:05:00.001Z, more than 5 minutes after the file was uploaded at 2026-11-25T10:00:00Z"
            })
    void aFileWhoseExportTimeIsWrong(String updatedAt, String fault) {
        assertThat(stage.deliver(stage.upload("a.ndjson", utf8(tokens(3)), updatedAt)))
                .isFalse();

        isFailed(
                stage.report("a.ndjson"),
                "The object's metadata updated-at is refused: " + fault
                        + "; upload the file again with the time at which it was exported.");
        assertThat(stage.outside.bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-25T09:00:00+01:00", "2026-11-25T10:05:00Z", "2020-01-01T00:00:00Z"})
    void anExportTimeIsTheVersionOfTheFile(String updatedAt) {
        stage.deliver(stage.upload("a.ndjson", utf8(token(1)), updatedAt));

        assertThat(stage.messages().getFirst().updatedAt())
                .isEqualTo(OffsetDateTime.parse(updatedAt).toInstant());
    }

    @Test
    void aLinesOwnTimeMayBeLaterThanTheExportBecauseAnExportTakesItsTime() {
        String own = "\"updated_at\":\"2026-11-25T09:30:00Z\"";

        stage.deliver(stage.upload("a.ndjson", utf8(token(1, own)), "2026-11-25T09:00:00Z"));

        assertThat(stage.rejected("a.ndjson")).isEmpty();
        assertThat(stage.tokens())
                .extracting(token -> token.version().time())
                .containsExactly(BulkLoaderFixture.UPLOADED.minusSeconds(1800));
    }

    @Test
    void theValidTokensOfATruncatedFileAreQueued() {
        stage.deliver(stage.upload("a.json", utf8("[" + token(1) + ",\n{},\n" + token(2) + "\n" + token(3))));

        JsonNode report = stage.report("a.json");
        assertThat(report.get("status").asText()).isEqualTo("failed");
        assertThat(report.get("detail").asText()).startsWith("From line 4 on the file cannot be read: ");
        assertThat(report.get("tokens_read").asLong()).isEqualTo(3);
        assertThat(stage.tokens()).hasSize(2);
        assertThat(stage.rejected("a.json")).singleElement().satisfies(line -> {
            assertThat(line.get("element").asInt()).isEqualTo(1);
            assertThat(line.get("line").asInt()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming/imtbl-zkevm-testnet/", "reports/x/0x1/a.json.report.json", "reports/a.json"})
    void foldersAndReportsAreNoFiles(String key) {
        ObjectVersionId file = stage.outside.store.upload(BUCKET, key, new byte[0], null);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.outside.store.keys(BUCKET, "")).containsExactly(key);
    }

    @Test
    void aKeyThatIsTooLongForAReportIsLogged() {
        String key = "incoming/" + BulkLoaderFixture.FOLDER + "a".repeat(920) + ".json";
        ObjectVersionId file = stage.outside.store.upload(BUCKET, key, utf8(tokens(1)), null);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.outside.bodies).isEmpty();
        assertThat(stage.log.toString(StandardCharsets.UTF_8))
                .contains("is too long for a report beside it; upload the file under a shorter one.");
    }

    @Test
    void aMessageThatIsNoNotificationStaysForTheDeadLetterQueue() {
        assertThat(stage.deliver("{\"nft_metadata\":[]}")).isTrue();

        assertThat(stage.log.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("The message is not a notification from S3: it has no Records.")
                .contains("ERROR");
    }
}
