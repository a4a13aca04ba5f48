package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.flow.FileOutcome.Accepted;
import dev.nftrefresh.local.flow.FileOutcome.Letter;
import dev.nftrefresh.local.flow.FileOutcome.Rejected;
import dev.nftrefresh.local.flow.FileOutcome.Superseded;
import dev.nftrefresh.local.flow.FileOutcome.Unsettled;
import dev.nftrefresh.local.flow.FileOutcome.UpdateOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That each update is found again at the end, whatever way it took. */
final class UpdateTrackerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private FileOutcome outcome(Set<String> refused, List<String> lines) throws IOException, InterruptedException {
        var settings = new LocalFlowSettings(
                null, "sk_imapik-1", StandInSettings.UNLIMITED, 2, 10_000, Duration.ofMillis(50), 1_000);
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (var flow = LocalFlow.start(settings, new FunctionCopies(silent, CLOCK, new Random(1)), _ -> {}, CLOCK)) {
            Objects.requireNonNull(flow.standIn()).faults().refuseTokens(refused);
            flow.send(Files.write(folder.resolve("messages.ndjson"), lines));
            flow.process();
            flow.drainDeadLetters(Writer.nullWriter());
            return flow.outcome().orElseThrow();
        }
    }

    @Test
    void aRefusedTokenIsRejectedAtItsOwnLineEvenFromARemainder() throws Exception {
        List<String> lines = new ArrayList<>();
        IntStream.rangeClosed(1, 40)
                .mapToObj(i -> FlowMessages.message(FlowMessages.token(i + "0", "a"), FlowMessages.token(i + "1", "b")))
                .forEach(lines::add);

        FileOutcome outcome = outcome(Set.of("71", "330"), lines);

        assertThat(outcome.updates()).hasSize(80);
        assertThat(outcome.count(Accepted.class)).isEqualTo(78);
        assertThat(outcome.updates())
                .filteredOn(update -> update.outcome() instanceof Rejected)
                .containsExactly(
                        new UpdateOutcome(7, "71", new Rejected("REFUSED_BY_API")),
                        new UpdateOutcome(33, "330", new Rejected("REFUSED_BY_API")));
        assertThat(outcome.letters()).extracting(Letter::line).containsExactly(7L, 33L);
    }

    @Test
    void theSameUpdateTwiceIsAcceptedOnceAndSupersededOnce() throws Exception {
        String line = FlowMessages.message(FlowMessages.token("1", "a"))
                .replace("\"nft_metadata\"", "\"updated_at\":\"2026-11-23T10:00:00Z\",\"nft_metadata\"");

        FileOutcome outcome = outcome(Set.of(), List.of(line, line));

        assertThat(outcome.count(Accepted.class)).isEqualTo(1);
        assertThat(outcome.count(Superseded.class)).isEqualTo(1);
        assertThat(outcome.count(Unsettled.class)).isZero();
    }

    @Test
    void withoutAVersionOfItsOwnTheTimeOfSendingIsTheVersion() throws Exception {
        FileOutcome outcome = outcome(Set.of(), List.of(FlowMessages.message(FlowMessages.token("1", "a"))));

        assertThat(outcome.updates()).containsExactly(new UpdateOutcome(1, "1", new Accepted()));
    }

    @Test
    void eachTokenOfAMessageHasTheReasonOfItsOwnLetter() throws Exception {
        String tooLarge = FlowMessages.token("3", "x".repeat(17_000));

        FileOutcome outcome = outcome(
                Set.of(),
                List.of(FlowMessages.message(FlowMessages.token("1", "a"), FlowMessages.token("x", "b"), tooLarge)));

        assertThat(outcome.updates())
                .containsExactly(
                        new UpdateOutcome(1, "1", new Accepted()),
                        new UpdateOutcome(1, "x", new Rejected("INVALID_TOKEN")),
                        new UpdateOutcome(1, "3", new Rejected("TOKEN_TOO_LARGE")));
    }
}
