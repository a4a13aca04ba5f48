package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Full requests that the quota, 4 an hour, needs longer for than SQS hides a message. Times are seconds since t0. */
class LongReturnQueueTest {
    private static final int HOUR = 3600;
    /** Longer than SQS hides a message: it comes back some time in the twelfth hour. */
    private static final long NO_PLACE = 12L * HOUR;

    private final SharedRateLimiter gate = new SharedRateLimiter(1, QuotaUnit.AUTO, 4);

    private void windowIsUsedUp() {
        for (int i = 0; i < 4; i++) {
            gate.sends(0, FULL, 1);
        }
    }

    /** To the second: between two requests is a microsecond. */
    private List<Long> waits(int now, int requests) {
        return gate.at(now).appointments(0, FULL, requests).stream()
                .map(Math::round)
                .toList();
    }

    @Test
    void whoseTurnWouldComeLaterThanItsMessageComesBackHasNoPlaceYet() {
        windowIsUsedUp();

        List<Long> waits = waits(0, 100);

        // 4 an opening, with 5 % more and one for each of two pollers: 69 are before the last opening in 11 hours and a
        // half.
        assertThat(waits.subList(0, 7)).containsOnly((long) HOUR);
        assertThat(waits.subList(63, 69)).containsOnly(11L * HOUR);
        assertThat(waits.subList(69, 100)).containsOnly(NO_PLACE);
    }

    @Test
    void whoHadNoPlaceGetsOneRightBehindThoseWhoHave() {
        windowIsUsedUp();
        waits(0, 100);
        for (int hour = 1; hour < 12; hour++) {
            gate.at(hour * HOUR);
            windowIsUsedUp();
        }

        List<Long> waits = waits(11 * HOUR + 1800, 31);

        assertThat(waits.subList(0, 6)).containsOnly(1800L);
        assertThat(waits.getLast()).isEqualTo(1800L + 4 * HOUR);
    }

    /** One answer does not make a limit that is believed: all come back soon after the opening. */
    @Test
    void whileTheLimitIsInDoubtNobodyStandsInLineBehindTheNextOpening() {
        gate.sends(0, FULL, 4);
        assertThat(waits(0, 1_000).getLast()).isEqualTo(HOUR + 900L);
        gate.at(HOUR);
        windowIsUsedUp();

        assertThat(waits(HOUR, 1)).containsExactly((long) HOUR);
    }

    @Test
    void whatGoesOnInAMessageOfItsOwnHasNoPlaceBeyondTheTimeThatThatIsDelayed() {
        windowIsUsedUp();

        gate.copy(0)
                .scheduleReturns(
                        List.of(FULL.withMaximumHiddenTime(Duration.ofMinutes(15))),
                        RateLimiterTimeline.t(1),
                        RateLimiterTimeline.PATIENCE);

        // All seven that come back for this opening are others.
        assertThat(waits(1, 7)).containsOnly(HOUR - 1L);
    }
}
