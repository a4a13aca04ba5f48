package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SUPERSEDED;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.message;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.rejected;
import static dev.nftrefresh.queue.MessageOutcomes.returned;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.MessageDisposition.Finished;
import dev.nftrefresh.queue.MessageDisposition.ReturnedToQueue;
import dev.nftrefresh.update.RejectReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageDispositionTest {
    private static final QueuedMessage TWO = message(body(token("1"), token("2")));

    @Test
    void aMessageWithoutAnAcceptedOrRejectedTokenReturnsAfterTheLongestWait() {
        assertThat(MessageDisposition.on(outcome(TWO, returned(3), returned(9))))
                .isEqualTo(new ReturnedToQueue(Duration.ofSeconds(9)));
        assertThat(MessageDisposition.on(outcome(TWO, SUPERSEDED, returned(9))))
                .isEqualTo(new ReturnedToQueue(Duration.ofSeconds(9)));
    }

    @Test
    void aMessageWithAnAcceptedOrRejectedTokenIsFinished() {
        assertThat(MessageDisposition.on(outcome(TWO, ACCEPTED, returned(9)))).isEqualTo(new Finished());
        assertThat(MessageDisposition.on(outcome(TWO, rejected(RejectReason.EXPIRED, ""), returned(9))))
                .isEqualTo(new Finished());
        assertThat(MessageDisposition.on(outcome(TWO, SUPERSEDED, SUPERSEDED))).isEqualTo(new Finished());
        assertThat(MessageDisposition.on(outcome(message("nonsense")))).isEqualTo(new Finished());
    }

    @Test
    void aMessageExpiresAtItsNextWaitBeyondThirteenDaysAndNotBefore() {
        Instant end = outcome(TWO).message().firstSentAt().plus(Duration.ofDays(13));
        MessageOutcome outcome = outcome(TWO, returned(60), SUPERSEDED);

        assertThat(UpdateExpiry.apply(outcome, end.minusSeconds(60)).tokenOutcomes())
                .isEqualTo(outcome.tokenOutcomes());
        assertThat(UpdateExpiry.apply(outcome, end.minusSeconds(60).plusNanos(1))
                        .tokenOutcomes())
                .satisfiesExactly(
                        tokenOutcome -> assertThat(((TokenOutcome.Rejected) tokenOutcome)
                                        .rejection()
                                        .reason())
                                .isEqualTo(RejectReason.EXPIRED),
                        tokenOutcome -> assertThat(tokenOutcome).isEqualTo(SUPERSEDED));
    }

    @Test
    void aMessageExpiresAtItsNineHundredAndFiftiethReceive() {
        assertThat(UpdateExpiry.apply(outcome(received(949), returned(1)), MessageOutcomes.SENT)
                        .tokenOutcomes())
                .containsExactly(returned(13 * 86_400)); // its last receive may come at its last moment
        assertThat(UpdateExpiry.apply(outcome(received(950), returned(1)), MessageOutcomes.SENT)
                        .tokenOutcomes())
                .allSatisfy(tokenOutcome -> assertThat(tokenOutcome).isInstanceOf(TokenOutcome.Rejected.class));
    }

    private static QueuedMessage received(int times) {
        return new QueuedMessage(
                "m",
                "r",
                Utf8MessageBody.of(body(token("1"))),
                MessageOutcomes.SENT,
                times,
                MessageOutcomes.SENT,
                times,
                null);
    }
}
