package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.SUPERSEDED;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.rejected;
import static dev.nftrefresh.queue.MessageOutcomes.returned;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.update.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenOutcomeRecorderTest {
    private static final Instant NOW = SENT.plusSeconds(3600);

    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final EmfRefreshMetrics emf = new EmfRefreshMetrics("f", stream(metrics), Clock.systemUTC());
    private final TokenOutcomeRecorder count =
            new TokenOutcomeRecorder(emf, new JsonLogger(stream(log), Clock.systemUTC()));

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static MessageOutcome waited(Duration age, TokenOutcome tokenOutcome) {
        QueuedMessage like = MessageOutcomes.message(body(token("1")));
        var message = new QueuedMessage(
                like.messageId(),
                like.receiptHandle(),
                like.body(),
                like.sentAt(),
                like.receiveCount(),
                NOW.minus(age),
                like.attempts(),
                null);
        return outcome(message, tokenOutcome);
    }

    private String metrics() {
        return metrics(true);
    }

    private String metrics(boolean live) {
        count.reportOldest(NOW, live);
        emf.flush();
        return metrics.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theAgeOfTheOldestAcceptedOrWaitingUpdateIsMeasured() {
        count.add(waited(Duration.ofMinutes(2), ACCEPTED), false);
        count.add(waited(Duration.ofMinutes(5), returned(10)), false);
        count.add(waited(Duration.ofMinutes(1), returned(10)), false);

        assertThat(metrics()).contains("\"OldestUpdateAgeSeconds\":300.0");
    }

    @Test
    void theAgeOfBulkUpdatesIsAnotherMetric() {
        count.add(waited(Duration.ofDays(8), returned(10)), false);

        assertThat(metrics(false))
                .contains("\"OldestBulkUpdateAgeSeconds\":691200.0")
                .doesNotContain("OldestUpdateAgeSeconds");
    }

    @Test
    void supersededAndRejectedUpdatesHaveNoAge() {
        count.add(waited(Duration.ofHours(2), SUPERSEDED), false);
        count.add(waited(Duration.ofHours(3), rejected(RejectReason.EXPIRED, "too late")), false);

        assertThat(metrics()).doesNotContain("OldestUpdateAgeSeconds");
    }

    @Test
    void anUpdateThatCouldNotBeRejectedKeepsWaiting() {
        count.add(waited(Duration.ofHours(3), rejected(RejectReason.EXPIRED, "too late")), true);

        assertThat(metrics())
                .contains("\"OldestUpdateAgeSeconds\":10800.0")
                .contains("\"TokensReturned\":1.0")
                .contains("\"TokensRejected\":0.0");
    }

    @Test
    void aSenderWhoseClockIsAheadMakesNoNegativeAge() {
        count.add(waited(Duration.ofSeconds(-30), ACCEPTED), false);

        assertThat(metrics()).contains("\"OldestUpdateAgeSeconds\":0.0");
    }

    @Test
    void aRejectedTokenHasALineThatNamesIt() {
        count.add(waited(Duration.ofHours(3), rejected(RejectReason.EXPIRED, "too late")), false);

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("\"message\":\"rejected\"")
                .contains("\"reason\":\"EXPIRED\"")
                .contains("\"token_id\":\"1\"")
                .contains("\"message_id\":\"m-1\"");
    }

    private static MessageOutcome rejectedTokens(int count, RejectReason reason) {
        String[] tokens = IntStream.range(0, count)
                .mapToObj(i -> token(Integer.toString(i)))
                .toArray(String[]::new);
        TokenOutcome[] tokenOutcomes = IntStream.range(0, count)
                .mapToObj(i -> rejected(reason, "no " + i))
                .toArray(TokenOutcome[]::new);
        return outcome(MessageOutcomes.message(body(tokens)), tokenOutcomes);
    }

    private long lines(String text) {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"99,99,0", "100,100,0", "101,100,1", "10000,100,1"})
    void aMessageHasAHundredLinesAReasonAndOneThatCountsTheRest(int tokens, int each, int rest) {
        count.add(rejectedTokens(tokens, RejectReason.EXPIRED), false);

        assertThat(lines("\"token_id\":")).isEqualTo(each);
        assertThat(lines("\"tokens\":" + (tokens - 100) + ",")).isEqualTo(rest);
        assertThat(lines("\"message\":\"rejected\"")).isEqualTo(each + rest);
    }

    @Test
    void eachReasonAndEachMessageHasLinesOfItsOwn() {
        count.add(rejectedTokens(100, RejectReason.EXPIRED), false);
        count.add(rejectedTokens(100, RejectReason.EXPIRED), false);
        count.add(rejectedTokens(101, RejectReason.INVALID_TOKEN), false);

        assertThat(lines("\"token_id\":")).isEqualTo(300);
        assertThat(lines("\"tokens\":1,")).isEqualTo(1);
    }

    @Test
    void anEventOfFaultsAloneHasTwoLinesAMessageOnceAThousandAreWritten() {
        for (int message = 0; message < 10; message++) {
            count.add(rejectedTokens(100, RejectReason.EXPIRED), false);
        }
        assertThat(lines("")).isEqualTo(1000);

        count.add(rejectedTokens(100, RejectReason.EXPIRED), false);
        count.add(rejectedTokens(1, RejectReason.EXPIRED), false);

        assertThat(lines("")).isEqualTo(1003);
        assertThat(lines("\"tokens\":99")).isEqualTo(1);
    }
}
