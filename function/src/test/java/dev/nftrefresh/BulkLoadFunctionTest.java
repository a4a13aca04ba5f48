package dev.nftrefresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.bulkload.InMemoryObjectStore;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.telemetry.EmfBulkMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

final class BulkLoadFunctionTest {
    private static final String KEY = "imtbl-zkevm-testnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/my file.ndjson";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "ENVIRONMENT_NAME", "sandbox",
            "CHAIN_NAME", "imtbl-zkevm-testnet",
            "BULK_QUEUE_URL", "https://sqs/bulk",
            "BULK_SETTLING_QUEUE_URL", "https://sqs/bulk-settling",
            "BULK_REFRESH_QUEUE_URL", "https://sqs/bulk-refresh",
            "TABLE_NAME", "table",
            "AWS_LAMBDA_FUNCTION_NAME", "bulk-load-1");

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);
    private final InMemoryObjectStore store = new InMemoryObjectStore(clock);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<SendMessageBatchRequest> sends = new ArrayList<>();
    private final List<ChangeMessageVisibilityRequest> hidings = new ArrayList<>();
    private boolean busy;

    private BulkLoadFunction function() {
        var lines = new PrintStream(out, true, StandardCharsets.UTF_8);
        var parts = new BulkLoadFunctionDependencies(
                store, new Sqs(), new InMemoryTable(), new EmfBulkMetrics("bulk-load-1", lines, clock), lines, clock);
        return new BulkLoadFunction(
                BulkLoadFunctionSettings.from(ENVIRONMENT), parts, Duration.ofSeconds(20), RecountDelays.ON_LAMBDA);
    }

    /** The answer to an event with this body. */
    private String handle(String body) throws IOException {
        String event = """
                {"Records":[{"messageId":"m1","receiptHandle":"h1","body":%s,
                "attributes":{"SentTimestamp":"1795600800000","ApproximateReceiveCount":"2"}}]}""".formatted('"' + body.replace("\"", "\\\"") + '"');
        var answer = new ByteArrayOutputStream();
        function()
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        answer,
                        new WarmUpInvocation.WarmUpContext("r1"));
        return answer.toString(StandardCharsets.UTF_8);
    }

    private String uploaded(int tokens) {
        String lines = IntStream.range(0, tokens)
                .mapToObj(i -> "{\"token_id\":\"" + i + "\",\"name\":null,\"description\":null,\"image\":null,"
                        + "\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,\"attributes\":null}")
                .collect(Collectors.joining("\n"));
        var id = store.upload("b", "incoming/" + KEY, lines.getBytes(StandardCharsets.UTF_8), null);
        return "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"incoming/"
                + KEY.replace(' ', '+') + "\",\"versionId\":\"" + id.version() + "\"}}}]}";
    }

    @Test
    void aFileIsLoadedAndItsMessageIsDeleted() throws IOException {
        assertThat(handle(uploaded(251))).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(sends).hasSize(2);
        assertThat(sends.getFirst().queueUrl()).isEqualTo("https://sqs/bulk-refresh");
        assertThat(sends.getFirst().entries()).hasSize(2);
        assertThat(sends.getLast().queueUrl()).isEqualTo("https://sqs/bulk-settling");
        assertThat(sends.getLast().entries()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).contains("ObjectCreated:Put");
            assertThat(notice.delaySeconds()).isEqualTo(5);
        });
        assertThat(hidings).singleElement().satisfies(hiding -> {
            assertThat(hiding.queueUrl()).isEqualTo("https://sqs/bulk");
            assertThat(hiding.receiptHandle()).isEqualTo("h1");
            assertThat(hiding.visibilityTimeout()).isEqualTo(90);
        });
        assertThat(store.text("b", "reports/" + KEY + ".report.json")).contains("\"status\" : \"done\"");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"request_id\":\"r1\"")
                .contains("\"BulkFilesLoaded\":1.0")
                .contains("\"BulkTokensQueued\":251.0")
                .doesNotContain("BulkLoadErrors");
    }

    @Test
    void aMessageThatSqsDoesNotAcceptIsTriedAgainLater() throws IOException {
        busy = true;

        assertThat(handle(uploaded(3))).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");

        assertThat(sends).hasSize(3);
        assertThat(hidings)
                .extracting(ChangeMessageVisibilityRequest::visibilityTimeout)
                .containsExactly(90, 60);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("SQS did not take 1 of 1 messages of the file: Busy: later")
                .contains("\"BulkLoadErrors\":1.0");
    }

    @Test
    void everyVariableIsNeeded() {
        for (String name : ENVIRONMENT.keySet()) {
            var without = new HashMap<>(ENVIRONMENT);
            without.remove(name);
            assertThatThrownBy(() -> BulkLoadFunctionSettings.from(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The environment variable " + name
                            + " must be set: deploy template.yaml again, or correct the variable.");
        }
    }

    private final class Sqs implements SqsClient {
        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            sends.add(request);
            return SendMessageBatchResponse.builder()
                    .failed(request.entries().stream()
                            .filter(_ -> busy)
                            .map(entry -> BatchResultErrorEntry.builder()
                                    .id(entry.id())
                                    .senderFault(false)
                                    .code("Busy")
                                    .message("later")
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
            hidings.add(request);
            return ChangeMessageVisibilityResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
