package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.SUPERSEDED;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.returned;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateExpiryTest {
    private static final Instant FIRST = SENT.minus(Duration.ofDays(10));
    private static final Instant END = FIRST.plus(Duration.ofDays(13));

    private static MessageOutcome remainder(int receives, int attempts, TokenOutcome... tokenOutcomes) {
        String[] tokens = Arrays.stream(tokenOutcomes).map(_ -> token("1")).toArray(String[]::new);
        return outcome(
                new QueuedMessage(
                        "m-1", "r-1", Utf8MessageBody.of(body(tokens)), SENT, receives, FIRST, attempts, null),
                tokenOutcomes);
    }

    private static boolean isExpired(TokenOutcome tokenOutcome) {
        return tokenOutcome instanceof TokenOutcome.Rejected rejected
                && rejected.rejection().reason() == RejectReason.EXPIRED;
    }

    @ParameterizedTest
    @CsvSource({"949,false", "950,true", "951,true"})
    void anUpdateExpiresAfter950DeliveriesThoseBeforeItsRemainderIncluded(int attempts, boolean expired) {
        MessageOutcome after = UpdateExpiry.apply(remainder(1, attempts, returned(10)), SENT);

        assertThat(isExpired(after.tokenOutcomes().getFirst())).isEqualTo(expired);
    }

    /** Three days are left at {@link MessageOutcomes#SENT}: 259,200 s. */
    @ParameterizedTest
    @CsvSource({"474,10", "475,545", "476,546", "940,25920", "949,259200"})
    void whatWasReceivedOftenWaitsSoLongThatItsReceivesLastForItsDays(int attempts, int wait) {
        var alone = new TokenOutcome.SearchContinued(SearchProgress.BEGUN, 0, Duration.ofSeconds(10));

        assertThat(UpdateExpiry.apply(remainder(1, attempts, returned(10)), SENT)
                        .tokenOutcomes())
                .containsExactly(returned(wait));
        assertThat(UpdateExpiry.apply(remainder(1, attempts, ACCEPTED, returned(600), alone), SENT)
                        .tokenOutcomes())
                .containsExactly(
                        ACCEPTED,
                        returned(Math.max(wait, 600)),
                        new TokenOutcome.SearchContinued(SearchProgress.BEGUN, 0, Duration.ofSeconds(wait)));
    }

    @ParameterizedTest
    @CsvSource({"59,false", "60,false", "61,true"})
    void anUpdateExpiresWhenItsNextWaitEndsLaterThan13DaysAfterItWasFirstQueued(int wait, boolean expired) {
        MessageOutcome after = UpdateExpiry.apply(remainder(1, 1, returned(wait)), END.minusSeconds(60));

        assertThat(isExpired(after.tokenOutcomes().getFirst())).isEqualTo(expired);
    }

    @Test
    void aTokenThatAnotherTokensWaitMakesLateExpiresWithItsMessage() {
        MessageOutcome after =
                UpdateExpiry.apply(remainder(1, 1, SUPERSEDED, returned(10), returned(90)), END.minusSeconds(60));

        assertThat(after.tokenOutcomes())
                .extracting(UpdateExpiryTest::isExpired)
                .containsExactly(false, true, true);
    }

    @Test
    void aFinishedMessageLeavesNoRemainderThatIsTooOldOrWasDeliveredTooOften() {
        var alone = new TokenOutcome.SearchContinued(SearchProgress.BEGUN, 0, Duration.ofSeconds(10));

        assertThat(UpdateExpiry.apply(remainder(1, 1, ACCEPTED, returned(10), alone), END)
                        .tokenOutcomes())
                .extracting(UpdateExpiryTest::isExpired)
                .containsExactly(false, true, true);
        assertThat(UpdateExpiry.apply(remainder(1, 950, ACCEPTED, returned(10), alone), SENT)
                        .tokenOutcomes())
                .extracting(UpdateExpiryTest::isExpired)
                .containsExactly(false, true, true);
    }

    @Test
    void aRemainderIsDelayedAtMost15MinutesSoThatALongWaitDoesNotExpireIt() {
        Instant now = END.minus(Duration.ofMinutes(16));

        assertThat(UpdateExpiry.apply(remainder(1, 1, ACCEPTED, returned(7200)), now)
                        .tokenOutcomes())
                .extracting(UpdateExpiryTest::isExpired)
                .containsExactly(false, false);
        assertThat(UpdateExpiry.apply(remainder(1, 1, returned(7200)), now).tokenOutcomes())
                .extracting(UpdateExpiryTest::isExpired)
                .containsExactly(true);
    }

    @Test
    void aMessageIsHiddenAtMost12HoursSoThatALongWaitDoesNotExpireIt() {
        MessageOutcome outcome = remainder(1, 1, returned(50 * 3600));
        Instant latest = END.minus(Duration.ofHours(12));

        assertThat(isExpired(UpdateExpiry.apply(outcome, latest).tokenOutcomes().getFirst()))
                .isFalse();
        assertThat(isExpired(UpdateExpiry.apply(outcome, latest.plusSeconds(1))
                        .tokenOutcomes()
                        .getFirst()))
                .isTrue();
    }

    @Test
    void aSettledUpdateNeverExpires() {
        MessageOutcome outcome = remainder(960, 960, ACCEPTED, SUPERSEDED);

        assertThat(UpdateExpiry.apply(outcome, END.plus(Duration.ofDays(30)))).isSameAs(outcome);
    }
}
