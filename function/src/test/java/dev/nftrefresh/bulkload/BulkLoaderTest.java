package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.token;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class BulkLoaderTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();

    @Test
    void aFileBecomesMessagesInItsOrderAndAReport() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(600)));

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.messages())
                .extracting(message -> message.elements().size())
                .containsExactly(250, 250, 100);
        assertThat(stage.messages())
                .extracting(message -> message.updatedAt())
                .containsExactly(
                        BulkLoaderFixture.UPLOADED,
                        BulkLoaderFixture.UPLOADED.plusNanos(1),
                        BulkLoaderFixture.UPLOADED.plusNanos(2));
        assertThat(stage.tokens().get(599).json()).hasToString(token(600));
        JsonNode report = stage.report("a.ndjson");
        assertThat(report.get("status").asText()).isEqualTo("done");
        assertThat(report.get("detail").isNull()).isTrue();
        assertThat(report.get("tokens_read").asLong()).isEqualTo(600);
        assertThat(report.get("tokens_queued").asLong()).isEqualTo(600);
        assertThat(report.get("tokens_rejected").asLong()).isZero();
        assertThat(report.get("messages_queued").asLong()).isEqualTo(3);
        assertThat(report.get("started_at").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(report.get("finished_at").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(stage.outside.store.keys("bulk", "reports/")).hasSize(1);
    }

    @Test
    void rejectedLinesAreListedInTheFilesOrderAndStopNothing() {
        ObjectVersionId file =
                stage.upload("a.ndjson", utf8(token(1) + "\nno JSON\n\n" + token(2) + "\n{}\n" + token(3)));

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.tokens()).extracting(token -> token.key().tokenId()).containsExactly("1", "2", "3");
        assertThat(stage.rejected("a.ndjson"))
                .extracting(line ->
                        line.get("line").asInt() + " " + line.get("reason").asText())
                .containsExactly("2 MALFORMED_JSON", "5 INVALID_TOKEN");
        assertThat(stage.rejected("a.ndjson").getFirst().get("content").asText())
                .isEqualTo("no JSON");
        assertThat(stage.rejected("a.ndjson").getFirst().has("element")).isFalse();
        JsonNode report = stage.report("a.ndjson");
        assertThat(report.get("tokens_read").asLong()).isEqualTo(5);
        assertThat(report.get("tokens_rejected").asLong()).isEqualTo(2);
        assertThat(stage.outside.store.keys("bulk", "reports/")).hasSize(2);
    }
}
