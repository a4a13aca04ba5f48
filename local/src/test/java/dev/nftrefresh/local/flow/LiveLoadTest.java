package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live messages beside the load of a file, in real time. */
@SuppressWarnings("NullAway.Init")
final class LiveLoadTest {
    private static final Clock CLOCK = Clock.systemUTC();
    /** A request a second, and two at once: the 3,000 tokens of the file take some ten seconds. */
    private static final StandInSettings SMALL_LIMIT = StandInSettings.steady(2, Duration.ofSeconds(2));

    private static final int FILE_TOKENS = 3_000;

    @TempDir
    private Path folder;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private LocalFlow flow;

    @BeforeEach
    void start() throws IOException {
        var settings =
                new LocalFlowSettings(null, "sk_imapik-live", SMALL_LIMIT, 2, 10_000, Duration.ofMillis(50), 1_000);
        var log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        flow = LocalFlow.start(settings, new FunctionCopies(log, CLOCK, new Random(1)), complaints::add, CLOCK);
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    private RunSummary load(int fileTokens, Duration interval, String... live) throws Exception {
        Path file = folder.resolve("season.ndjson");
        Files.write(
                file,
                IntStream.rangeClosed(1, fileTokens)
                        .mapToObj(id -> FlowMessages.token(String.valueOf(id), "Sword"))
                        .toList());
        Path messages = Files.write(folder.resolve("live.ndjson"), List.of(live));
        var collection = new CollectionId(LocalFlow.CHAIN, FlowMessages.COLLECTION);
        try (var upload = new LocalBulkUpload(file, collection, CLOCK.instant())) {
            flow.upload(upload);
            flow.sendBeside(messages, SendingRate.every(interval));
            flow.process();
            return flow.figures();
        }
    }

    private static LiveSummary live(RunSummary counts) {
        return Objects.requireNonNull(counts.live());
    }

    private static WaitStatistics waits(RunSummary counts) {
        return Objects.requireNonNull(live(counts).waits());
    }

    @Test
    void aLiveUpdateOfTheSameCollectionIsAcceptedLongBeforeTheFile() throws Exception {
        // None of the file's tokens: after an acceptance of the same token an update waits for the rest of its
        // interval.
        String[] live = Stream.of("3001", "3002", "3003")
                .map(id -> FlowMessages.message(FlowMessages.token(id, "Sword, sharpened")))
                .toArray(String[]::new);

        RunSummary counts = load(FILE_TOKENS, Duration.ofSeconds(2), live);

        assertThat(complaints).isEmpty();
        assertThat(waits(counts).count()).isEqualTo(3);
        assertThat(counts.requests()).isGreaterThan(10);
        assertThat(waits(counts).max()).isLessThan(Duration.ofMillis((long) (counts.seconds() * 1_000 / 2)));
        assertThat(counts.messagesSent()).isEqualTo(FILE_TOKENS / 250 + 3);
        assertThat(counts.tokensSent()).isEqualTo(FILE_TOKENS + 3);
        assertThat(counts.tokensAccepted()).isEqualTo(FILE_TOKENS + 3);
        assertThat(flow.tokensThrough()).isEqualTo(FILE_TOKENS + 3);
    }

    @Test
    void theLoadEndsOnlyWhenTheLiveMessagesAreSettledToo() throws Exception {
        String[] live = IntStream.range(0, 4)
                .mapToObj(id -> FlowMessages.message(FlowMessages.token(String.valueOf(id), "Bow")))
                .toArray(String[]::new);

        RunSummary counts = load(1, Duration.ofSeconds(1), live);

        assertThat(live(counts))
                .extracting(LiveSummary::messagesSent, LiveSummary::accepted)
                .containsExactly(4L, 4);
        assertThat(counts.seconds()).isGreaterThanOrEqualTo(3);
        assertThat(flow.depth().total()).isZero();
        assertThat(flow.isAllQueued()).isTrue();
    }

    @Test
    void aLineThatNoQueueAcceptsIsNamedAndTheOthersAreSent() throws Exception {
        RunSummary counts = load(
                1,
                Duration.ofMillis(1),
                "\uFFFE",
                "",
                "not JSON",
                FlowMessages.message(FlowMessages.token("7", "Bow")));

        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("live.ndjson:1: The line was not queued: it holds the character U+FFFE");
        assertThat(flow.isAllQueued()).isFalse();
        assertThat(live(counts).messagesSent()).isEqualTo(2);
        assertThat(counts.messagesDeadLettered()).isEqualTo(1);
        assertThat(live(counts).accepted()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadToItsEndIsReportedAndTheLoadContinues() throws Exception {
        Path none = folder.resolve("none.ndjson");
        flow.sendBeside(none, SendingRate.every(Duration.ofSeconds(1)));

        flow.process();

        assertThat(complaints).singleElement().asString().startsWith("The messages of " + none + " after the first 0");
        assertThat(flow.isAllQueued()).isFalse();
    }
}
