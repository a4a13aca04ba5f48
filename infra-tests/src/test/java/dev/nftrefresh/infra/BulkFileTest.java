package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A bulk file on its way from the upload to its report and to the API. */
@OnLocalStack
final class BulkFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = Updates.TESTNET + "/" + Updates.COLLECTION + "/";

    private final Deployment sandbox;
    private final S3Client s3;
    private final String bucket;

    BulkFileTest(Deployment sandbox) {
        this.sandbox = sandbox;
        s3 = sandbox.stack.cloud().s3;
        bucket = sandbox.stack.output("BulkBucketName");
    }

    @Test
    void aFileIsQueuedReportedAndAccepted() {
        List<String> ids = Updates.ids(700_000, 600);
        String lines = ids.stream().map(Updates::token).collect(Collectors.joining("\n"));

        upload("season 7.ndjson", lines + "\nnot a token\n");

        JsonNode report = await("report")
                .atMost(Duration.ofMinutes(2))
                .ignoreException(NoSuchKeyException.class)
                .until(
                        () -> JSON.readTree(download("season 7.ndjson.report.json")),
                        read -> !read.path("status").asText().equals("running"));
        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("done");
        assertThat(report.path("tokens_read").asInt()).isEqualTo(601);
        assertThat(report.path("tokens_queued").asInt()).isEqualTo(600);
        assertThat(report.path("tokens_rejected").asInt()).isEqualTo(1);
        assertThat(report.path("messages_queued").asInt()).isEqualTo(3);
        assertThat(download("season 7.ndjson.rejected.ndjson"))
                .contains("\"line\":601", "\"reason\":\"MALFORMED_JSON\"", "\"content\":\"not a token\"");
        await("acceptance of each token")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids));
        await("empty queues").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(sandbox.bulkQueue.depth()).isEqualTo(Queue.Depth.EMPTY);
            assertThat(sandbox.bulkRefreshQueue.depth()).isEqualTo(Queue.Depth.EMPTY);
        });
    }

    private void upload(String name, String content) {
        s3.putObject(put -> put.bucket(bucket).key("incoming/" + FOLDER + name), RequestBody.fromString(content));
    }

    private String download(String name) {
        try (var object = s3.getObject(get -> get.bucket(bucket).key("reports/" + FOLDER + name))) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
