package com.example.game;

import static com.example.game.Samples.NOON;
import static com.example.game.Samples.bodies;
import static com.example.game.Samples.sword;
import static com.example.game.Samples.swords;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenUpdateProducerTest {
    @Test
    void sendsTenMessagesACall() throws Exception {
        var sqs = new PartlyFailingSqs(false);

        producer(sqs).sendAll(swords(1, 25));

        assertThat(sqs.callSizes()).containsExactly(10, 10, 5);
        assertThat(sqs.queued()).isEqualTo(bodies(swords(1, 25)));
    }

    @Test
    void sendsNoMoreThanOneMebibyteACall() throws Exception {
        var sqs = new PartlyFailingSqs(false);
        TokenUpdate large = sword("1", "ä".repeat(200_000), NOON); // 400,000 bytes: two fit into a call

        producer(sqs).sendAll(List.of(large, large, large));

        assertThat(sqs.callSizes()).containsExactly(2, 1);
    }

    @Test
    void sendsWhatSqsRefusedAgain() throws Exception {
        var sqs = new PartlyFailingSqs(false)
                .refusesInNextCall("0", "2")
                .refusesInNextCall("1");

        producer(sqs).sendAll(swords(1, 4));

        assertThat(sqs.callSizes()).containsExactly(4, 2, 1);
        assertThat(sqs.queued()).containsExactlyInAnyOrderElementsOf(bodies(swords(1, 4)));
    }

    @Test
    void tellsWhatSqsKeepsRefusing() {
        var sqs = new PartlyFailingSqs(false);
        for (int call = 1; call <= 5; call++) {
            sqs.refusesInNextCall("0");
        }

        var notQueued = catchThrowableOfType(
                UpdatesNotQueuedException.class, () -> producer(sqs).sendAll(swords(1, 12)));

        assertThat(sqs.callSizes()).containsExactly(10, 1, 1, 1, 1, 2);
        assertThat(notQueued.updates()).isEqualTo(swords(1, 1));
        assertThat(notQueued).hasMessageContaining("InternalError");
    }

    @Test
    void doesNotSendAgainWhatIsItselfAtFault() {
        var sqs = new PartlyFailingSqs(true).refusesInNextCall("1");

        var notQueued = catchThrowableOfType(
                UpdatesNotQueuedException.class, () -> producer(sqs).sendAll(swords(1, 3)));

        assertThat(sqs.callSizes()).containsExactly(3);
        assertThat(notQueued.updates()).isEqualTo(swords(2, 2));
    }

    @Test
    void makesNoCallForNoUpdates() throws Exception {
        var sqs = new PartlyFailingSqs(false);

        producer(sqs).sendAll(List.of());

        assertThat(sqs.callSizes()).isEmpty();
    }

    private static TokenUpdateProducer producer(PartlyFailingSqs sqs) {
        return new TokenUpdateProducer(sqs, "https://sqs.example.com/refresh", Duration.ZERO);
    }
}
