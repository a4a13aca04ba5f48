package dev.nftrefresh.local.fates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.StandInApi;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.FlowSettings;
import dev.nftrefresh.local.flow.FunctionCopies;
import dev.nftrefresh.local.flow.LocalFlow;
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

    private Figures figures(StandInSettings standIn, Set<String> refused, List<String> lines)
            throws IOException, InterruptedException {
        var settings = new FlowSettings(null, "sk_imapik-figures", standIn, 2, 10_000, Duration.ofMillis(100), 1_000);
        var silent = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> complaints = new ArrayList<>();
        Path file = Files.write(folder.resolve("messages.ndjson"), lines);
        try (var flow =
                LocalFlow.start(settings, new FunctionCopies(silent, CLOCK, new Random(7)), complaints::add, CLOCK)) {
            StandInApi api = Objects.requireNonNull(flow.standIn());
            api.faults().refuseTokens(refused);
            flow.send(file);
            assertThat(flow.isAllQueued()).isTrue();
            flow.process();
            flow.drainDeadLetters(Writer.nullWriter());
            assertThat(complaints).isEmpty();
            return flow.figures();
        }
    }

    private static void assertThatFatesAddUp(Figures figures) {
        assertThat(figures.tokensAccepted() + figures.tokensSuperseded() + figures.tokensRejected())
                .isEqualTo(figures.tokensSent());
    }

    @Test
    void everyTokenSentHasOneFate() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 50).forEach(id -> lines.add(Messages.message(Messages.token(id))));
        lines.add(Messages.message(Messages.SWORDS, Messages.tokens(50, 650)));
        lines.add(Messages.message(Messages.token(7, "twice"), Messages.token(7, "thrice")));
        lines.add(Messages.message(Messages.token("x"), Messages.tokenOfBytes(700, 17_000), Messages.token(701)));
        lines.add("not JSON");
        lines.add(Messages.message(Messages.token(800)).replace("\"nft", "\"more\":1,\"nft"));
        lines.add(Messages.message(Messages.token(801)).replace("testnet", "mainnet"));
        lines.add("");

        Figures figures = figures(StandInSettings.UNLIMITED, Set.of("123"), lines);

        assertThatFatesAddUp(figures);
        assertThat(figures.messagesSent()).isEqualTo(56);
        assertThat(figures.tokensSent()).isEqualTo(50 + 600 + 2 + 3 + 1 + 1);
        assertThat(figures.tokensRejected()).isEqualTo(1 + 2 + 1 + 1);
        assertThat(figures.messagesDeadLettered()).isEqualTo(1 + 2 + 1 + 1 + 1);
        assertThat(figures.tokensSuperseded()).isBetween(1L, 2L);
        // A newer update of a token that was accepted just now is received again after the interval.
        assertThat(figures.receives()).isBetween(56L, 64L);
        assertThat(figures.requestsThrottled()).isZero();
        assertThat(figures.requestsFailed()).isPositive();
        assertThat(figures.requestsNonconforming()).isZero();
    }

    @Test
    void fatesAddUpWhenTheQuotaRunsOutAndReceivesCountDeliveries() throws IOException, InterruptedException {
        List<String> lines = IntStream.range(0, 100)
                .mapToObj(number -> Messages.message(Messages.SWORDS, Messages.tokens(number * 20, number * 20 + 20)))
                .toList();

        Figures figures = figures(StandInSettings.perWindow(3, Duration.ofSeconds(1)), Set.of(), lines);

        assertThatFatesAddUp(figures);
        assertThat(figures.tokensAccepted()).isEqualTo(2_000);
        assertThat(figures.receives()).isGreaterThanOrEqualTo(100);
        assertThat(figures.receivesPerMessage()).isEqualTo(figures.receives() / 100.0);
        assertThat(figures.tokensPerRequest()).isEqualTo(2_000.0 / (figures.requests() - figures.requestsThrottled()));
        assertThat(figures.largestRequestTokens()).isLessThanOrEqualTo(250);
        assertThat(figures.requestsFailed()).isZero();
    }

    @Test
    void fatesAddUpForNumbersAndNestingThatMostParsersRefuse() throws IOException, InterruptedException {
        String token = Messages.token(1)
                .replace("}", ",\"more\":[" + "9".repeat(2_000) + "," + "[".repeat(2_000) + "]".repeat(2_000) + "]}");

        Figures figures = figures(StandInSettings.UNLIMITED, Set.of(), List.of(Messages.message(token)));

        assertThatFatesAddUp(figures);
        assertThat(figures.tokensAccepted()).isEqualTo(1);
        assertThat(figures.largestTokenBytes()).isEqualTo(token.length());
        assertThat(figures.largestRequestBytes())
                .isEqualTo(Messages.requestBody(token).length());
    }
}
