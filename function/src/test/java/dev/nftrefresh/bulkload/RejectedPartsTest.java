package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Files of which much is refused. */
final class RejectedPartsTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();

    @Test
    void rejectedElementsAreWrittenInPartsBeforeTheyFillTheMemoryAndJoinedAtTheEnd() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            lines.add(i % 10 == 0 ? TokenLines.token(i) : "\"" + "é".repeat(8_190) + "\"");
        }
        List<String> parts = new ArrayList<>();
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) {
                if (call.contains(".part-")) {
                    parts.add(call.substring(call.indexOf("a.ndjson")));
                }
            }
        };

        assertThat(stage.deliver(stage.upload("a.ndjson", utf8(String.join("\n", lines)))))
                .isFalse();

        assertThat(parts)
                .containsExactly(
                        "a.ndjson.v1.rejected.ndjson.part-0",
                        "a.ndjson.v1.rejected.ndjson.part-1",
                        "a.ndjson.v1.rejected.ndjson.part-2",
                        "a.ndjson.v1.rejected.ndjson.part-3");
        assertThat(stage.rejected("a.ndjson"))
                .extracting(line -> line.get("line").asLong())
                .isEqualTo(LongStream.rangeClosed(1, 1000)
                        .filter(line -> line % 10 != 1)
                        .boxed()
                        .toList());
        assertThat(stage.outside.store.keys("bulk", "reports/")).hasSize(2);
        assertThat(stage.tokens()).hasSize(100);
    }

    @Test
    void anElementRejectedBeforeTheFirstTokenIsListedOnceEvenIfTheFirstCallFails() {
        var lines = new ArrayList<String>(Collections.nCopies(300, "\"" + "x".repeat(16_000) + "\""));
        for (int i = 0; i < 600; i++) {
            lines.add(TokenLines.token(i));
        }
        ObjectVersionId file = stage.upload("a.ndjson", utf8(String.join("\n", lines)));
        stage.outside.interceptor = sendFails();
        assertThat(stage.deliver(file)).isTrue();
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.rejected("a.ndjson"))
                .extracting(line -> line.get("line").asInt())
                .isEqualTo(IntStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void noPartIsLeftAlthoughItsFileIsDeletedBeforeTheNextCheckpoint() {
        var lines = new ArrayList<String>(Collections.nCopies(600, "\"" + "x".repeat(16_000) + "\""));
        lines.addFirst(TokenLines.token(1));
        ObjectVersionId file = stage.upload("a.ndjson", utf8(String.join("\n", lines)));
        stage.outside.interceptor = sendFails();
        stage.deliver(file);
        assertThat(stage.outside.store.keys(BulkLoaderFixture.BUCKET, "reports/"))
                .anyMatch(key -> key.contains(".part-"));
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        stage.outside.store.forget(file);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.outside.store.keys(BulkLoaderFixture.BUCKET, "reports/"))
                .noneMatch(key -> key.contains(".part-"));
    }

    private static ExternalServices.CallInterceptor sendFails() {
        return new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) throws IOException {
                if (call.equals("send")) {
                    throw new IOException("SQS is down.");
                }
            }
        };
    }

    @Test
    void aRejectedFileTooLargeForS3EndsEarlierAndTheReportSaysSo() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            lines.add(i == 500 ? TokenLines.token(i) : "\"" + "x".repeat(16_000) + "\"");
        }
        stage.rejectedLineLimits = new RejectedLineLimits(RejectedLineLimits.OF_A_FILE.memoryBytes(), 5_000_000);

        stage.deliver(stage.upload("a.ndjson", utf8(String.join("\n", lines))));

        assertThat(stage.rejected("a.ndjson"))
                .hasSizeBetween(5_000_000 / 17_000, 9_300_000 / 16_000)
                .extracting(line -> line.get("line").asInt())
                .startsWith(1, 2, 3)
                .isSorted();
        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.report("a.ndjson").get("tokens_rejected").asInt()).isEqualTo(999);
        assertThat(stage.report("a.ndjson").get("detail").asText())
                .matches(
                        "The rejected file ends after [5-9],\\d{3},\\d{3} bytes, so that some of the refused tokens may be missing.");
        assertThat(stage.tokens()).hasSize(1);
    }

    @Test
    void fewRejectedTokensMakeFewParts() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 4000; i++) {
            lines.add(i % 10 == 0 ? "{}" : TokenLines.tokenOfBytes(i, 4_000));
        }
        List<String> parts = new ArrayList<>();
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) {
                if (call.contains(".part-")) {
                    parts.add(call);
                }
            }
        };

        stage.deliver(stage.upload("a.ndjson", utf8(String.join("\n", lines))));

        assertThat(parts).hasSize(1);
        assertThat(stage.rejected("a.ndjson")).hasSize(400);
        assertThat(stage.outside.calls).hasSizeGreaterThan(10);
    }

    @Test
    void aLineSaysAllThatIsNeededToFixIt() {
        stage.deliver(stage.upload("a.ndjson", utf8("\n" + TokenLines.token(7).replace("\"name\":\"Sword\",", ""))));

        JsonNode line = stage.rejected("a.ndjson").getFirst();
        assertThat(line.properties().stream().map(Map.Entry::getKey))
                .containsExactly("line", "reason", "detail", "token_id", "content");
        assertThat(line.get("line").asInt()).isEqualTo(2);
        assertThat(line.get("detail").asText())
                .isEqualTo("Token 7 (line 2) is refused: name is missing: write null where there is none.");
        assertThat(line.get("token_id").asText()).isEqualTo("7");
    }

    @Test
    void invalidBytesAreShownAsReplacementCharacters() {
        byte[] content = utf8("{\"a\":\"?\"}");
        content[6] = (byte) 0xFF;

        stage.deliver(stage.upload("a.ndjson", content));

        assertThat(stage.rejected("a.ndjson").getFirst().get("content").asText())
                .isEqualTo("{\"a\":\"\ufffd\"}");
    }
}
