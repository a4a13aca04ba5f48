package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.FileTokenPositions;
import dev.nftrefresh.settled.SettledTokenOutcome;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever call a load crashes at, and however often: in the end the queue, the report and the rejected file are right.
 */
final class BulkCrashPropertyTest {
    private static final int MOST_DELIVERIES = 500;

    /** What comes over a load. */
    enum FaultKind {
        /** The process crashes. */
        CRASH,
        /** The call fails. */
        FAILURE,
        /** Another invocation is notified of the file too. */
        RIVAL
    }

    /**
     * One misfortune.
     *
     * @param call at which call, counted over the delivery
     * @param afterwards whether the call takes effect
     */
    record CallFault(int call, boolean afterwards, FaultKind kind) {}

    private static List<BulkFileLine> lines(ChoiceSequence choices) {
        int refused = choices.oneOf(1, 1, 12);
        return choices.listOf(
                1, 150, each -> each.weighted(6, refused) == 0 ? good(each) : new BulkFileLine(null, null));
    }

    /** A few ids occur often, most once, and times are often the same. */
    private static BulkFileLine good(ChoiceSequence choices) {
        int id = choices.weighted(1, 2) == 0 ? choices.between(1, 3) : choices.between(4, 100_000);
        return new BulkFileLine(id, choices.chance(2, 5) ? choices.between(0, 2) : null);
    }

    private static CallFault misfortune(ChoiceSequence choices) {
        return new CallFault(choices.between(1, 40), choices.flip(), choices.oneOf(FaultKind.values()));
    }

    @Test
    void nothingIsLostAndTheReportIsTrueWhateverFails() {
        SeededProperty.of("nothing is lost and the report is true whatever fails")
                .tries(1_000)
                .check(choices -> {
                    BulkFileShape shape = choices.note("shape", choices.oneOf(BulkFileShape.values()));
                    List<BulkFileLine> lines = choices.note("lines", lines(choices));
                    boolean large = choices.note("large", choices.flip());
                    boolean shortRuns = choices.note("short runs", choices.flip());
                    boolean hasLowLimits = choices.note("low limits", choices.flip());
                    // How long invocations are; the loader keeps 20 s of each back.
                    List<Integer> seconds = choices.note("seconds", choices.listOf(1, 7, each -> each.between(35, 90)));
                    List<CallFault> misfortunes =
                            choices.note("misfortunes", choices.listOf(0, 4, BulkCrashPropertyTest::misfortune));
                    var stage = new BulkLoaderFixture();
                    ObjectVersionId file = stage.upload(shape.name, shape.bytes(lines, "x".repeat(large ? 15_000 : 0)));
                    // Time for some twenty lines a run.
                    stage.tick = shortRuns ? Duration.ofSeconds(1) : Duration.ZERO;
                    List<Duration> runs = shortRuns
                            ? seconds.stream().map(Duration::ofSeconds).toList()
                            : List.of(BulkLoaderFixture.INVOCATION);
                    // Some refused lines fill it, so that they are written ahead of a checkpoint.
                    stage.rejectedLineLimits =
                            hasLowLimits ? new RejectedLineLimits(700, Long.MAX_VALUE) : RejectedLineLimits.OF_A_FILE;

                    load(stage, file, runs, misfortunes);

                    assertThat(stage.outside.store.keys(BulkLoaderFixture.BUCKET, "reports/"))
                            .noneMatch(key -> key.contains(".part-"));
                    check(stage, shape, lines);
                    checkPlaces(stage, file, shape);
                });
    }

    private static void load(
            BulkLoaderFixture stage, ObjectVersionId file, List<Duration> runs, List<CallFault> misfortunes) {
        boolean stays = true;
        for (int delivery = 0; stays; delivery++) {
            assertThat(delivery).isLessThan(MOST_DELIVERIES);
            stage.outside.interceptor = delivery < misfortunes.size()
                    ? new FaultInjectingInterceptor(misfortunes.get(delivery), () -> stage.deliver(file))
                    : ExternalServices.CallInterceptor.OPEN;
            Duration invocation = runs.get(delivery % runs.size());
            Instant end = stage.now.plus(invocation);
            try {
                stays = stage.deliver(BulkLoaderFixture.notice(file), invocation);
                stage.now = stage.now.plusSeconds(stays ? 60 : 0);
            } catch (FaultInjectingInterceptor.SimulatedCrash _) {
                stage.now = end.plusSeconds(30);
            }
        }
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        assertThat(stage.deliver(file)).isFalse();
    }

    private static void check(BulkLoaderFixture stage, BulkFileShape shape, List<BulkFileLine> lines) {
        long good = lines.stream().filter(BulkFileLine::good).count();
        JsonNode report = stage.report(shape.name);
        assertThat(report.get("status").asText()).isEqualTo("done");
        assertThat(report.get("tokens_queued").asLong()).isEqualTo(good);
        assertThat(report.get("tokens_rejected").asLong()).isEqualTo(lines.size() - good);
        assertThat(report.get("tokens_read").asLong()).isEqualTo(lines.size());

        var messages = stage.messages().stream()
                .map(UpdateMessage::updatedAt)
                .distinct()
                .sorted()
                .toList();
        assertThat(messages)
                .isEqualTo(LongStream.range(0, report.get("messages_queued").asLong())
                        .mapToObj(BulkLoaderFixture.UPLOADED::plusNanos)
                        .toList());

        checkRejected(stage, shape, lines);
        checkTokens(stage, lines);
    }

    /** Whatever was sent twice, each token has one place: once all are settled, they add up. */
    private static void checkPlaces(BulkLoaderFixture stage, ObjectVersionId file, BulkFileShape shape) {
        var ends = new HashMap<FileTokenPosition, SettledTokenOutcome>();
        stage.outside.packed.forEach(message -> FileTokenPositions.of(message.places())
                .forEach(place -> ends.put(place, SettledTokenOutcome.ACCEPTED)));
        long queued = stage.report(shape.name).get("tokens_queued").asLong();
        assertThat(ends).hasSize(Math.toIntExact(queued));

        new SettledTokens(stage.outside.table).add(ends, stage.now, Duration.ofSeconds(1));
        stage.deliverToCount(file, stage.now);

        JsonNode report = stage.report(shape.name);
        assertThat(report.get("tokens_accepted").asLong()).isEqualTo(queued);
        assertThat(report.has("settled_at")).isTrue();
    }

    private static void checkRejected(BulkLoaderFixture stage, BulkFileShape shape, List<BulkFileLine> lines) {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).good()) {
                expected.add(i);
            }
        }
        assertThat(stage.rejected(shape.name))
                .extracting(line -> line.get("line").asInt() - shape.firstLine())
                .isEqualTo(expected);
        assertThat(stage.rejected(shape.name))
                .allMatch(line -> line.has("element") == shape.hasElements())
                .allMatch(line -> !line.has("element")
                        || line.get("element").asInt() == line.get("line").asInt() - 1);
    }

    private static void checkTokens(BulkLoaderFixture stage, List<BulkFileLine> lines) {
        Map<String, Integer> newest = new HashMap<>();
        Map<Integer, Long> queued = new HashMap<>();
        Map<String, List<TokenUpdate>> byId = stage.tokens().stream()
                .collect(Collectors.groupingBy(token -> token.key().tokenId()));
        for (int i = 0; i < lines.size(); i++) {
            BulkFileLine line = lines.get(i);
            if (line.good()) {
                Integer before = newest.get(String.valueOf(line.id()));
                if (before == null || !line.version().isBefore(lines.get(before).version())) {
                    newest.put(String.valueOf(line.id()), i);
                }
            }
        }
        stage.tokens().forEach(token -> queued.merge(place(token), 1L, Long::sum));
        for (int i = 0; i < lines.size(); i++) {
            assertThat(queued.containsKey(i))
                    .as("line %d is queued", i)
                    .isEqualTo(lines.get(i).good());
        }
        newest.forEach((id, place) -> {
            List<TokenUpdate> updates = byId.getOrDefault(id, List.of());
            Instant time = updates.stream()
                    .map(update -> update.version().time())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(updates)
                    .as("the newest update of token %s, and no other of that time", id)
                    .filteredOn(update -> update.version().time().equals(time))
                    .extracting(BulkCrashPropertyTest::place)
                    .containsOnly(place);
        });
    }

    private static int place(TokenUpdate token) {
        String name =
                BulkLoaderFixture.json(token.json().toString()).get("name").asText();
        return Integer.parseInt(name.substring("place ".length()));
    }
}
