package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SendingRateTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    private final SendingRate rate = SendingRate.every(Duration.ofMillis(500));

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    @Test
    void theFirstMessageIsDueAtOnceAndTheNextOneAfterTheInterval() {
        assertThat(rate.untilNext(at(0))).isZero();
        rate.sent(at(0));

        assertThat(rate.untilNext(at(0))).isEqualTo(Duration.ofMillis(500));
        assertThat(rate.untilNext(at(499))).isEqualTo(Duration.ofMillis(1));
        assertThat(rate.untilNext(at(500))).isZero();
        assertThat(rate.untilNext(at(501))).isZero();
    }

    @Test
    void oneLateMessageDoesNotDelayTheOthers() {
        rate.sent(at(0));
        rate.sent(at(730));

        assertThat(rate.untilNext(at(730))).isEqualTo(Duration.ofMillis(270));
    }

    @Test
    void afterALongDelayAtMostASecondIsCaughtUp() {
        rate.sent(at(0));
        rate.sent(at(3_600_000));

        assertThat(rate.untilNext(at(3_600_000))).isZero();
        rate.sent(at(3_600_000));
        assertThat(rate.untilNext(at(3_600_000))).isZero();
        rate.sent(at(3_600_000));
        assertThat(rate.untilNext(at(3_600_000))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aClockThatIsSetBackMakesNoWaitNegative() {
        rate.sent(at(0));

        assertThat(rate.untilNext(at(-1_000))).isEqualTo(Duration.ofMillis(1_500));
        assertThat(rate.untilNext(at(1_000))).isZero();
    }
}
