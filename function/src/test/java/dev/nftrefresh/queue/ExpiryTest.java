package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.Outcomes.ACCEPTED;
import static dev.nftrefresh.queue.Outcomes.SENT;
import static dev.nftrefresh.queue.Outcomes.SUPERSEDED;
import static dev.nftrefresh.queue.Outcomes.body;
import static dev.nftrefresh.queue.Outcomes.outcome;
import static dev.nftrefresh.queue.Outcomes.returned;
import static dev.nftrefresh.queue.Outcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    private static final Instant FIRST = SENT.minus(Duration.ofDays(10));
    private static final Instant END = FIRST.plus(Duration.ofDays(13));

    private static MessageOutcome remainder(int receives, int attempts, Fate... fates) {
        String[] tokens = Arrays.stream(fates).map(_ -> token("1")).toArray(String[]::new);
        return outcome(
                new QueuedMessage("m-1", "r-1", MessageText.of(body(tokens)), SENT, receives, FIRST, attempts, null),
                fates);
    }

    private static boolean isExpired(Fate fate) {
        return fate instanceof Fate.Rejected rejected && rejected.rejection().reason() == RejectReason.EXPIRED;
    }

    @ParameterizedTest
    @CsvSource({"949,false", "950,true", "951,true"})
    void anUpdateExpiresAfter950DeliveriesThoseBeforeItsRemainderIncluded(int attempts, boolean expired) {
        MessageOutcome after = Expiry.applied(remainder(1, attempts, returned(10)), SENT);

        assertThat(isExpired(after.fates().getFirst())).isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({"59,false", "60,false", "61,true"})
    void anUpdateExpiresWhenItsNextWaitEndsLaterThan13DaysAfterItWasFirstQueued(int wait, boolean expired) {
        MessageOutcome after = Expiry.applied(remainder(1, 1, returned(wait)), END.minusSeconds(60));

        assertThat(isExpired(after.fates().getFirst())).isEqualTo(expired);
    }

    @Test
    void whatOnlyAnotherTokensWaitMakesLateExpiresWithItsMessage() {
        MessageOutcome after =
                Expiry.applied(remainder(1, 1, SUPERSEDED, returned(10), returned(90)), END.minusSeconds(60));

        assertThat(after.fates()).extracting(ExpiryTest::isExpired).containsExactly(false, true, true);
    }

    @Test
    void aFinishedMessageLeavesNoRemainderThatIsTooOldOrWasDeliveredTooOften() {
        var alone = new Fate.SentAlone(SearchProgress.BEGUN, 0, Duration.ofSeconds(10));

        assertThat(Expiry.applied(remainder(1, 1, ACCEPTED, returned(10), alone), END)
                        .fates())
                .extracting(ExpiryTest::isExpired)
                .containsExactly(false, true, true);
        assertThat(Expiry.applied(remainder(1, 950, ACCEPTED, returned(10), alone), SENT)
                        .fates())
                .extracting(ExpiryTest::isExpired)
                .containsExactly(false, true, true);
    }

    @Test
    void aRemainderIsDelayedAtMost15MinutesSoThatALongWaitDoesNotExpireIt() {
        Instant now = END.minus(Duration.ofMinutes(16));

        assertThat(Expiry.applied(remainder(1, 1, ACCEPTED, returned(7200)), now)
                        .fates())
                .extracting(ExpiryTest::isExpired)
                .containsExactly(false, false);
        assertThat(Expiry.applied(remainder(1, 1, returned(7200)), now).fates())
                .extracting(ExpiryTest::isExpired)
                .containsExactly(true);
    }

    @Test
    void aMessageIsHiddenAtMost12HoursSoThatALongWaitDoesNotExpireIt() {
        MessageOutcome outcome = remainder(1, 1, returned(50 * 3600));
        Instant latest = END.minus(Duration.ofHours(12));

        assertThat(isExpired(Expiry.applied(outcome, latest).fates().getFirst()))
                .isFalse();
        assertThat(isExpired(
                        Expiry.applied(outcome, latest.plusSeconds(1)).fates().getFirst()))
                .isTrue();
    }

    @Test
    void whatIsDoneWithNeverExpires() {
        MessageOutcome outcome = remainder(960, 960, ACCEPTED, SUPERSEDED);

        assertThat(Expiry.applied(outcome, END.plus(Duration.ofDays(30)))).isSameAs(outcome);
    }
}
