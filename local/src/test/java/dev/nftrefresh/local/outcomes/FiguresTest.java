package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.flow.FunctionCopies;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.LocalFlowSettings;
import dev.nftrefresh.local.flow.RunSummary;
import java.io.IOException;
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

/** The figures that {@code ./nft-refresh run} ends with. */
final class FiguresTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private RunSummary figures(StandInSettings standIn, Set<String> refused, List<String> lines)
            throws IOException, InterruptedException {
        var settings =
                new LocalFlowSettings(null, "sk_imapik-figures", standIn, 2, 10_000, Duration.ofMillis(100), 1_000);
        var silent = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> complaints = new ArrayList<>();
        Path file = Files.write(folder.resolve("messages.ndjson"), lines);
        try (var flow =
                LocalFlow.start(settings, new FunctionCopies(silent, CLOCK, new Random(7)), complaints::add, CLOCK)) {
            StandInRefreshApi api = Objects.requireNonNull(flow.standIn());
            api.faults().refuseTokens(refused);
            flow.send(file);
            assertThat(flow.isAllQueued()).isTrue();
            flow.process();
            flow.drainDeadLetters(Writer.nullWriter());
            assertThat(complaints).isEmpty();
            return flow.figures();
        }
    }

    private static void assertThatOutcomesAddUp(RunSummary counts) {
        assertThat(counts.tokensAccepted() + counts.tokensSuperseded() + counts.tokensRejected())
                .isEqualTo(counts.tokensSent());
    }

    @Test
    void everyTokenSentHasOneOutcome() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 50).forEach(id -> lines.add(ProducerMessages.message(ProducerMessages.token(id))));
        lines.add(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(50, 650)));
        lines.add(ProducerMessages.message(ProducerMessages.token(7, "twice"), ProducerMessages.token(7, "thrice")));
        lines.add(ProducerMessages.message(
                ProducerMessages.token("x"), ProducerMessages.tokenOfBytes(700, 17_000), ProducerMessages.token(701)));
        lines.add("not JSON");
        lines.add(ProducerMessages.message(ProducerMessages.token(800)).replace("\"nft", "\"more\":1,\"nft"));
        lines.add(ProducerMessages.message(ProducerMessages.token(801)).replace("testnet", "mainnet"));
        lines.add("");

        RunSummary counts = figures(StandInSettings.UNLIMITED, Set.of("123"), lines);

        assertThatOutcomesAddUp(counts);
        assertThat(counts.messagesSent()).isEqualTo(56);
        assertThat(counts.tokensSent()).isEqualTo(50 + 600 + 2 + 3 + 1 + 1);
        assertThat(counts.tokensRejected()).isEqualTo(1 + 2 + 1 + 1);
        assertThat(counts.messagesDeadLettered()).isEqualTo(1 + 2 + 1 + 1 + 1);
        assertThat(counts.tokensSuperseded()).isBetween(1L, 2L);
        // A newer update of a token that was accepted just now is received again after the interval.
        assertThat(counts.receives()).isBetween(56L, 64L);
        assertThat(counts.requestsThrottled()).isZero();
        assertThat(counts.requestsFailed()).isPositive();
        assertThat(counts.requestsNonconforming()).isZero();
    }

    @Test
    void outcomesAddUpWhenTheQuotaRunsOutAndReceivesCountDeliveries() throws IOException, InterruptedException {
        List<String> lines = IntStream.range(0, 100)
                .mapToObj(number -> ProducerMessages.message(
                        ProducerMessages.SWORDS, ProducerMessages.tokens(number * 20, number * 20 + 20)))
                .toList();

        RunSummary counts = figures(StandInSettings.perWindow(3, Duration.ofSeconds(1)), Set.of(), lines);

        assertThatOutcomesAddUp(counts);
        assertThat(counts.tokensAccepted()).isEqualTo(2_000);
        assertThat(counts.receives()).isGreaterThanOrEqualTo(100);
        assertThat(counts.receivesPerMessage()).isEqualTo(counts.receives() / 100.0);
        assertThat(counts.tokensPerRequest()).isEqualTo(2_000.0 / (counts.requests() - counts.requestsThrottled()));
        assertThat(counts.largestRequestTokens()).isLessThanOrEqualTo(250);
        assertThat(counts.requestsFailed()).isZero();
    }

    @Test
    void outcomesAddUpForNumbersAndNestingThatMostParsersRefuse() throws IOException, InterruptedException {
        String token = ProducerMessages.token(1)
                .replace("}", ",\"more\":[" + "9".repeat(2_000) + "," + "[".repeat(2_000) + "]".repeat(2_000) + "]}");

        RunSummary counts = figures(StandInSettings.UNLIMITED, Set.of(), List.of(ProducerMessages.message(token)));

        assertThatOutcomesAddUp(counts);
        assertThat(counts.tokensAccepted()).isEqualTo(1);
        assertThat(counts.largestTokenBytes()).isEqualTo(token.length());
        assertThat(counts.largestRequestBytes())
                .isEqualTo(ProducerMessages.requestBody(token).length());
    }
}
