package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.telemetry.BulkMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S3, SQS or the table does not do what it should, which says nothing against the file. */
final class ExternalServiceFailureTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();
    private final List<String> counted = new ArrayList<>();

    ExternalServiceFailureTest() {
        stage.metrics = new BulkMetrics() {
            @Override
            public void fileDone() {
                counted.add("done");
            }

            @Override
            public void fileFailed() {
                counted.add("failed");
            }

            @Override
            public void tokens(long queued, long rejected) {
                counted.add(queued + " queued, " + rejected + " rejected");
            }

            @Override
            public void loadError() {
                counted.add("error");
            }
        };
    }

    /** Each call of that name fails, and takes no effect. */
    private void isAway(String name) {
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) throws IOException {
                if (call.startsWith(name)) {
                    throw new IOException("The " + name + " is away.");
                }
            }
        };
    }

    private List<String> logged() {
        return stage.log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "state", "put", "send", "read", "write", "delete"})
    void theMessageStaysAndWaitsAndTheFileIsLoadedLater(String name) {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(300) + "\n{}\n{}"));
        isAway(name);

        assertThat(stage.deliver(file)).isTrue();

        assertThat(stage.outside.hidden.getLast()).isEqualTo(Duration.ofSeconds(30));
        assertThat(counted).contains("error").doesNotContain("failed");
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("The load of " + file + " stopped", "it continues")
                .contains("The " + name + " is away.");
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        stage.now = stage.now.plusSeconds(30);
        // Only where the table itself is away does the lease last.
        while (stage.deliver(file)) {
            stage.now = stage.now.plus(stage.outside.hidden.getLast());
        }

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.report("a.ndjson").get("tokens_queued").asLong()).isEqualTo(300);
        assertThat(stage.rejected("a.ndjson")).hasSize(2);
    }

    @Test
    void aVisibilityThatCannotBeSetIsLoggedAndStopsNothing() {
        isAway("hide");

        assertThat(stage.deliver(stage.upload("a.ndjson", utf8(tokens(3))))).isFalse();

        assertThat(stage.tokens()).hasSize(3);
        assertThat(logged().getFirst()).contains("WARN", "visibility could not be set", "The hide is away.");
    }

    @Test
    void aTokenIsCountedOnce() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(3) + "\n{}"));
        stage.deliver(file);
        stage.deliver(file);
        stage.deliver(stage.upload("a.ndjson", new byte[0]));

        assertThat(counted).containsExactly("3 queued, 1 rejected", "done", "failed");
    }

    @Test
    void eachOfSeveralFilesInANotificationIsLoadedOnItsOwn() {
        ObjectVersionId first = stage.upload("a.ndjson", utf8(tokens(3)));
        ObjectVersionId second = stage.upload("b.ndjson", utf8(tokens(4)));
        String both = BulkLoaderFixture.notice(first)
                .replace("]}", "," + BulkLoaderFixture.notice(second).replaceAll("^\\{\"Records\":\\[|]}$", "") + "]}");
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) throws IOException {
                if (call.endsWith("a.ndjson.report.json")) {
                    throw new IOException("No.");
                }
            }
        };

        assertThat(stage.deliver(both)).isTrue();
        assertThat(stage.report("b.ndjson").get("status").asText()).isEqualTo("done");
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        assertThat(stage.deliver(both)).isFalse();

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.tokens()).hasSize(7);
    }
}
