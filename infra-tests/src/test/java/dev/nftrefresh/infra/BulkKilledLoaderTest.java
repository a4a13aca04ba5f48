package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loader that dies in the middle of a load. */
@OnLocalStack
final class BulkKilledLoaderTest {
    /** It reads until 20 s before its end. 30 s after that SQS delivers the messages of a crashed one again. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(24);

    private static final String FILE = BulkBucket.FOLDER + "interrupted.ndjson";
    private static final int TIMES = 150;
    private static final int REFUSED = 600_000;

    private final StackDeployment sandbox;
    private final BulkBucket bucket;
    private final Duration timeout;

    BulkKilledLoaderTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        bucket = sandbox.bulkBucket;
        timeout = Duration.ofSeconds(sandbox.loader.configuration().timeout());
    }

    /** The first load after the change would spend its few seconds on the start. */
    @BeforeEach
    void shortenAndStart() {
        sandbox.loader.setTimeout(SHORT_TIMEOUT);
        bucket.upload(BulkBucket.FOLDER + "first.ndjson", UpdateMessages.token("751000"));
        sandbox.awaitAcceptedFromBulk(List.of("751000"));
    }

    @AfterEach
    void restore() {
        sandbox.loader.setTimeout(timeout);
    }

    @Test
    void theLoadContinuesAndLosesNothing() throws InterruptedException {
        List<String> ids = UpdateMessages.ids(750_000, 20);
        // The first tokens fill a call of the queue; the refused lines make it a load of some seconds; then come the
        // newest.
        bucket.upload(
                FILE,
                Stream.of(
                                tokens(ids, IntStream.range(1, TIMES)),
                                "no token\n".repeat(REFUSED),
                                tokens(ids, IntStream.of(TIMES)))
                        .collect(Collectors.joining()));
        await("first messages")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> !sandbox.bulkRefreshQueue.depth().equals(StackQueue.Depth.EMPTY));

        sandbox.loader.kill();

        JsonNode interrupted = bucket.report(FILE);
        assertThat(BulkReport.of(interrupted).isOutcome()).isFalse();
        BulkReport outcome = bucket.awaitOutcome(FILE);
        int good = ids.size() * TIMES;
        assertThat(outcome)
                .isEqualTo(new BulkReport("done", null, good + REFUSED, good, REFUSED, outcome.messagesQueued()));
        // A run of four seconds may end among the rejected lines, and with it a message.
        assertThat(outcome.messagesQueued()).isBetween(good / 250, good / 250 + 2);
        assertThat(bucket.rejected(FILE).lines()).hasSize(REFUSED);
        JsonNode report = bucket.report(FILE);
        assertThat(report.required("started_at")).isEqualTo(interrupted.required("started_at"));
        // By itself it would have ended within seconds; as it died, nobody took the file over while it might have
        // lived.
        assertThat(Duration.between(time(report, "started_at"), time(report, "finished_at")))
                .isGreaterThan(SHORT_TIMEOUT);
        sandbox.awaitAcceptedFromBulk(ids);
        Map<String, JsonNode> newest =
                ids.stream().collect(Collectors.toMap(id -> id, id -> JsonTexts.read(token(id, TIMES))));
        assertThat(sandbox.contents()).containsAllEntriesOf(newest);
    }

    private static String tokens(List<String> ids, IntStream times) {
        return times.boxed()
                .flatMap(time -> ids.stream().map(id -> token(id, time) + "\n"))
                .collect(Collectors.joining());
    }

    private static String token(String id, int time) {
        return UpdateMessages.token(id).replace("Sword", "Sword " + time);
    }

    private static Instant time(JsonNode report, String field) {
        return Instant.parse(report.required(field).asText());
    }
}
