package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The key in Secrets Manager while updates flow. */
@OnLocalStack
final class ApiKeyTest {
    private final StackDeployment sandbox;

    ApiKeyTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @AfterEach
    void mendTheKey() {
        sandbox.rotateKeyTo("sk_imapik-rotated");
    }

    @Test
    void losesNothingWhenTheKeyIsRotatedUnderLoad() {
        List<String> ids = new ArrayList<>(UpdateMessages.ids(5_000, 60));
        sandbox.send(ids);
        await("first request")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> !sandbox.accepted(ids).isEmpty());

        // Immutable knows one key at a time, so the old one ends before the secret holds the new one.
        long before = sandbox.api.counts().unauthorised();
        sandbox.api.acceptOnly("sk_imapik-rotated");
        List<String> between = UpdateMessages.ids(5_100, 60);
        sandbox.send(between);
        await("401")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> sandbox.api.counts().unauthorised() > before);
        sandbox.putKey("{\"api_key\": \"sk_imapik-rotated\"}");
        List<String> after = UpdateMessages.ids(5_200, 60);
        sandbox.send(after);

        ids.addAll(between);
        ids.addAll(after);
        sandbox.awaitAccepted(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);
    }

    @Test
    void returnsEverythingWhileTheKeyIsWrong() {
        List<String> ids = UpdateMessages.ids(6_000, 20);
        long complaintsBefore = complaints();
        long metricsBefore = metricsOfARefusedKey();
        sandbox.api.acceptOnly("sk_imapik-right");
        sandbox.putKey("sk_imapik-wrong");
        sandbox.send(ids);

        await("the log's word on the key")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> complaints() > complaintsBefore);
        // What the alarm reads; the metric is written only when there is something to report.
        await("the metric of the refused key")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> metricsOfARefusedKey() > metricsBefore);
        await("return of every message")
                .atMost(StackDeployment.PATIENCE)
                .untilAsserted(
                        () -> assertThat(sandbox.refreshQueue.depth().visible()).isZero());
        var depth = sandbox.refreshQueue.depth();
        assertThat(depth.visible() + depth.invisible()).isEqualTo(ids.size());
        assertThat(sandbox.accepted(ids)).isEmpty();
        assertThat(sandbox.deadLetterQueue.depth()).isEqualTo(StackQueue.Depth.EMPTY);

        sandbox.putKey("sk_imapik-right");
        sandbox.awaitAccepted(ids);
    }

    private long complaints() {
        return sandbox.function.log().stream()
                .filter(line -> line.contains("The API refuses the key"))
                .count();
    }

    private long metricsOfARefusedKey() {
        return sandbox.function.log().stream()
                .filter(line -> line.contains("\"_aws\"") && line.contains("\"KeyRefused\":"))
                .count();
    }
}
