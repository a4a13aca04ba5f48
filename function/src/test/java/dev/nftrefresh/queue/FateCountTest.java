package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.Outcomes.ACCEPTED;
import static dev.nftrefresh.queue.Outcomes.SENT;
import static dev.nftrefresh.queue.Outcomes.SUPERSEDED;
import static dev.nftrefresh.queue.Outcomes.body;
import static dev.nftrefresh.queue.Outcomes.outcome;
import static dev.nftrefresh.queue.Outcomes.rejected;
import static dev.nftrefresh.queue.Outcomes.returned;
import static dev.nftrefresh.queue.Outcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.telemetry.EmfMetrics;
import dev.nftrefresh.telemetry.JsonLog;
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

class FateCountTest {
    private static final Instant NOW = SENT.plusSeconds(3600);

    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final EmfMetrics emf = new EmfMetrics("f", stream(metrics), Clock.systemUTC());
    private final FateCount count = new FateCount(emf, new JsonLog(stream(log), Clock.systemUTC()));

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static MessageOutcome waited(Duration age, Fate fate) {
        QueuedMessage like = Outcomes.message(body(token("1")));
        var message = new QueuedMessage(
                like.messageId(),
                like.receiptHandle(),
                like.body(),
                like.sentAt(),
                like.receiveCount(),
                NOW.minus(age),
                like.attempts(),
                null);
        return outcome(message, fate);
    }

    private String told() {
        return told(true);
    }

    private String told(boolean live) {
        count.tellOldest(NOW, live);
        emf.flush();
        return metrics.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theOldestOfWhatIsAcceptedOrGoesOnWaitingIsTold() {
        count.add(waited(Duration.ofMinutes(2), ACCEPTED), false);
        count.add(waited(Duration.ofMinutes(5), returned(10)), false);
        count.add(waited(Duration.ofMinutes(1), returned(10)), false);

        assertThat(told()).contains("\"OldestUpdateAgeSeconds\":300.0");
    }

    @Test
    void ofBulkFilesTheAgeIsAnotherFigure() {
        count.add(waited(Duration.ofDays(8), returned(10)), false);

        assertThat(told(false))
                .contains("\"OldestBulkUpdateAgeSeconds\":691200.0")
                .doesNotContain("OldestUpdateAgeSeconds");
    }

    @Test
    void nobodyWaitsForWhatIsSupersededOrRejected() {
        count.add(waited(Duration.ofHours(2), SUPERSEDED), false);
        count.add(waited(Duration.ofHours(3), rejected(RejectReason.EXPIRED, "too late")), false);

        assertThat(told()).doesNotContain("OldestUpdateAgeSeconds");
    }

    @Test
    void whatCouldNotBeRejectedGoesOnWaiting() {
        count.add(waited(Duration.ofHours(3), rejected(RejectReason.EXPIRED, "too late")), true);

        assertThat(told())
                .contains("\"OldestUpdateAgeSeconds\":10800.0")
                .contains("\"TokensReturned\":1.0")
                .contains("\"TokensRejected\":0.0");
    }

    @Test
    void aSenderWhoseClockIsAheadMakesNoNegativeAge() {
        count.add(waited(Duration.ofSeconds(-30), ACCEPTED), false);

        assertThat(told()).contains("\"OldestUpdateAgeSeconds\":0.0");
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
        Fate[] fates = IntStream.range(0, count)
                .mapToObj(i -> rejected(reason, "no " + i))
                .toArray(Fate[]::new);
        return outcome(Outcomes.message(body(tokens)), fates);
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
