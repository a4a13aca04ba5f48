package dev.nftrefresh.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.telemetry.RefreshMetrics.OperatorProblem;
import dev.nftrefresh.telemetry.RefreshMetrics.RequestOutcomeKind;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EmfRefreshMetricsTest {
    private static final Map<String, Double> NOTHING_COUNTED = Map.of(
            "TokensAccepted", 0.0,
            "TokensSuperseded", 0.0,
            "TokensReturned", 0.0,
            "TokensRejected", 0.0,
            "Requests", 0.0,
            "RequestsThrottled", 0.0,
            "RequestsFailed", 0.0);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final EmfRefreshMetrics metrics = new EmfRefreshMetrics(
            "refresh-1", new PrintStream(written, true, StandardCharsets.UTF_8), Clock.fixed(now, ZoneOffset.UTC));

    /** The lines written since this was asked last. */
    private List<JsonNode> lines() {
        List<JsonNode> lines =
                written.toString(StandardCharsets.UTF_8).lines().map(this::read).toList();
        written.reset();
        return lines;
    }

    private JsonNode read(String line) {
        try {
            return JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode flushed() {
        metrics.flush();
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    /** What CloudWatch makes of a line: the values of the members that the directive names. */
    private static Map<String, Double> values(JsonNode line) {
        var values = new TreeMap<String, Double>();
        for (JsonNode metric : directive(line).get("Metrics")) {
            String name = metric.get("Name").asText();
            assertThat(line.get(name)).as(name).isNotNull();
            values.put(name, line.get(name).asDouble());
        }
        return values;
    }

    private static JsonNode directive(JsonNode line) {
        JsonNode directives = line.at("/_aws/CloudWatchMetrics");
        assertThat(directives).hasSize(1);
        return directives.get(0);
    }

    @Test
    void aLineSaysNamespaceTimeAndTheFunctionAsTheOnlyDimension() {
        JsonNode line = flushed();

        assertThat(directive(line).get("Namespace").asText()).isEqualTo("NftRefresh");
        assertThat(directive(line).get("Dimensions").toString()).isEqualTo("[[\"FunctionName\"]]");
        assertThat(line.get("FunctionName").asText()).isEqualTo("refresh-1");
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(now.toEpochMilli());
    }

    @Test
    void whatAlarmsCompareIsWrittenEvenWhenItIsZeroAndTheRestIsNot() {
        assertThat(values(flushed())).isEqualTo(NOTHING_COUNTED);
    }

    @Test
    void everythingThatWasCountedIsInTheLine() {
        metrics.tokens(TokenOutcomeKind.ACCEPTED, 250);
        metrics.tokens(TokenOutcomeKind.ACCEPTED, 3);
        metrics.tokens(TokenOutcomeKind.SUPERSEDED, 4);
        metrics.tokens(TokenOutcomeKind.RETURNED, 5);
        metrics.tokens(TokenOutcomeKind.REJECTED, 6);
        metrics.request(RequestOutcomeKind.ACCEPTED, 250, 200_000, 900);
        metrics.request(RequestOutcomeKind.ACCEPTED, 3, 2_000, 900);
        metrics.request(RequestOutcomeKind.THROTTLED, 5, 2_000, 900);
        metrics.request(RequestOutcomeKind.FAILED, 5, 2_000, 900);
        metrics.deadLetters(2);
        metrics.quota(677L, 675L);
        metrics.quota(680L, null);
        metrics.quota(null, 674L);
        metrics.oldestUpdate(Duration.ofMinutes(3));
        metrics.oldestUpdate(Duration.ofMinutes(2));
        metrics.problem(OperatorProblem.KEY_REFUSED);
        metrics.problem(OperatorProblem.KEY_UNAVAILABLE);
        metrics.problem(OperatorProblem.COLLECTION_REFUSED);
        metrics.problem(OperatorProblem.COLLECTION_REFUSED);
        metrics.problem(OperatorProblem.REQUEST_REFUSED);

        assertThat(values(flushed()))
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("TokensAccepted", 253.0),
                        Map.entry("TokensSuperseded", 4.0),
                        Map.entry("TokensReturned", 5.0),
                        Map.entry("TokensRejected", 6.0),
                        Map.entry("Requests", 4.0),
                        Map.entry("RequestsThrottled", 1.0),
                        Map.entry("RequestsFailed", 1.0),
                        Map.entry("DeadLetters", 2.0),
                        Map.entry("QuotaLimit", 680.0),
                        Map.entry("QuotaRemaining", 674.0),
                        Map.entry("OldestUpdateAgeSeconds", 180.0),
                        Map.entry("KeyRefused", 1.0),
                        Map.entry("KeyUnavailable", 1.0),
                        Map.entry("CollectionRefused", 2.0),
                        Map.entry("RequestRefused", 1.0))));
    }

    @Test
    void everyValueIsOneNumberWithAUnitThatCloudWatchKnows() {
        metrics.tokens(TokenOutcomeKind.ACCEPTED, 1);
        metrics.tokens(TokenOutcomeKind.ACCEPTED, 1);
        metrics.oldestUpdate(Duration.ofSeconds(1));

        JsonNode line = flushed();

        assertThat(StreamSupport.stream(directive(line).get("Metrics").spliterator(), false))
                .allSatisfy(metric -> {
                    assertThat(line.get(metric.get("Name").asText()).isNumber()).isTrue();
                    assertThat(metric.get("Unit").asText())
                            .isEqualTo(metric.get("Name").asText().endsWith("Seconds") ? "Seconds" : "Count");
                });
    }

    @Test
    void eachInvocationHasALineOfItsOwn() {
        metrics.tokens(TokenOutcomeKind.ACCEPTED, 7);
        metrics.quota(677L, 1L);

        assertThat(values(flushed())).containsEntry("TokensAccepted", 7.0).containsEntry("QuotaRemaining", 1.0);
        assertThat(values(flushed())).isEqualTo(NOTHING_COUNTED);
    }

    @Test
    void nothingIsLostBetweenThreads() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 50; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 100; i++) {
                        metrics.tokens(TokenOutcomeKind.RETURNED, 1);
                        if (i % 50 == 0) {
                            metrics.flush();
                        }
                    }
                });
            }
        }
        metrics.flush();

        assertThat(lines().stream()
                        .mapToDouble(line -> values(line).getOrDefault("TokensReturned", 0.0))
                        .sum())
                .isEqualTo(5_000);
    }
}
