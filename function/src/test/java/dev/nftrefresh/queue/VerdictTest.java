package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.Outcomes.ACCEPTED;
import static dev.nftrefresh.queue.Outcomes.SUPERSEDED;
import static dev.nftrefresh.queue.Outcomes.body;
import static dev.nftrefresh.queue.Outcomes.message;
import static dev.nftrefresh.queue.Outcomes.outcome;
import static dev.nftrefresh.queue.Outcomes.rejected;
import static dev.nftrefresh.queue.Outcomes.returned;
import static dev.nftrefresh.queue.Outcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.Verdict.ComesBack;
import dev.nftrefresh.queue.Verdict.Finished;
import dev.nftrefresh.update.RejectReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final QueuedMessage TWO = message(body(token("1"), token("2")));

    @Test
    void aMessageOfWhichNothingWasAcceptedOrRejectedComesBackAfterTheLongestWait() {
        assertThat(Verdict.on(outcome(TWO, returned(3), returned(9)))).isEqualTo(new ComesBack(Duration.ofSeconds(9)));
        assertThat(Verdict.on(outcome(TWO, SUPERSEDED, returned(9)))).isEqualTo(new ComesBack(Duration.ofSeconds(9)));
    }

    @Test
    void aMessageOfWhichSomethingWasIsFinished() {
        assertThat(Verdict.on(outcome(TWO, ACCEPTED, returned(9)))).isEqualTo(new Finished());
        assertThat(Verdict.on(outcome(TWO, rejected(RejectReason.EXPIRED, ""), returned(9))))
                .isEqualTo(new Finished());
        assertThat(Verdict.on(outcome(TWO, SUPERSEDED, SUPERSEDED))).isEqualTo(new Finished());
        assertThat(Verdict.on(outcome(message("nonsense")))).isEqualTo(new Finished());
    }

    @Test
    void aMessageExpiresAtItsNextWaitBeyondThirteenDaysAndNotBefore() {
        Instant end = outcome(TWO).message().firstSentAt().plus(Duration.ofDays(13));
        MessageOutcome outcome = outcome(TWO, returned(60), SUPERSEDED);

        assertThat(Expiry.applied(outcome, end.minusSeconds(60)).fates()).isEqualTo(outcome.fates());
        assertThat(Expiry.applied(outcome, end.minusSeconds(60).plusNanos(1)).fates())
                .satisfiesExactly(
                        fate -> assertThat(((Fate.Rejected) fate).rejection().reason())
                                .isEqualTo(RejectReason.EXPIRED),
                        fate -> assertThat(fate).isEqualTo(SUPERSEDED));
    }

    @Test
    void aMessageExpiresAtItsNineHundredAndFiftiethReceive() {
        assertThat(Expiry.applied(outcome(received(949), returned(1)), Outcomes.SENT)
                        .fates())
                .containsExactly(returned(1));
        assertThat(Expiry.applied(outcome(received(950), returned(1)), Outcomes.SENT)
                        .fates())
                .allSatisfy(fate -> assertThat(fate).isInstanceOf(Fate.Rejected.class));
    }

    private static QueuedMessage received(int times) {
        return new QueuedMessage(
                "m", "r", MessageText.of(body(token("1"))), Outcomes.SENT, times, Outcomes.SENT, times, null);
    }
}
