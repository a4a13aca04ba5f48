package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * More full requests than a quota of 4 an hour can send before SQS makes their messages visible. Times are seconds
 * since t0.
 */
class LongReturnQueueTest {
    private static final int HOUR = 3600;
    /** Longer than SQS hides a message: it returns during the twelfth hour. */
    private static final long NO_PLACE = 12L * HOUR;

    private final SharedRateLimiter limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 4);

    private void windowIsUsedUp() {
        for (int i = 0; i < 4; i++) {
            limiter.sends(0, FULL, 1);
        }
    }

    /** Rounded to seconds: two requests are a microsecond apart. */
    private List<Long> waits(int now, int requests) {
        return limiter.at(now).returnDelays(0, FULL, requests).stream()
                .map(Math::round)
                .toList();
    }

    @Test
    void aRequestWhoseTurnComesAfterItsMessageReturnsHasNoPlaceYet() {
        windowIsUsedUp();

        List<Long> waits = waits(0, 100);

        // 4 an opening, with 5 % more and one for each of two pollers: 69 are before the last opening in 11 hours and a
        // half.
        assertThat(waits.subList(0, 7)).containsOnly((long) HOUR);
        assertThat(waits.subList(63, 69)).containsOnly(11L * HOUR);
        assertThat(waits.subList(69, 100)).containsOnly(NO_PLACE);
    }

    @Test
    void aRequestWithoutAPlaceGetsOneRightBehindThoseThatHaveOne() {
        windowIsUsedUp();
        waits(0, 100);
        for (int hour = 1; hour < 12; hour++) {
            limiter.at(hour * HOUR);
            windowIsUsedUp();
        }

        List<Long> waits = waits(11 * HOUR + 1800, 31);

        assertThat(waits.subList(0, 6)).containsOnly(1800L);
        assertThat(waits.getLast()).isEqualTo(1800L + 4 * HOUR);
    }

    /** Windows begin with their first request, so each may open seconds later than it was expected hours ago. */
    @Test
    void aGroupThatReturnsBeforeItsWindowOpensReturnsAtThatOpeningAndNotBehindAllOthers() {
        windowIsUsedUp();
        waits(0, 20);
        limiter.at(HOUR + 7);
        windowIsUsedUp();

        List<Long> waits = waits(2 * HOUR, 8);

        assertThat(waits.subList(0, 6)).containsOnly(7L);
        assertThat(waits.getLast()).isGreaterThan(HOUR);
    }

    @Test
    void aPartlyFilledRequestReturnsAtThatOpeningToo() {
        windowIsUsedUp();
        waits(0, 20);
        limiter.at(HOUR + 7);
        windowIsUsedUp();
        waits(2 * HOUR, 3);

        assertThat(limiter.returnDelays(0, SharedRateLimiter.partly(25), 1)).containsOnly(7.0);
    }

    /** One answer is not enough to trust a limit: all return soon after the opening. */
    @Test
    void whileTheLimitIsUncertainNoPlaceIsBehindTheNextOpening() {
        limiter.sends(0, FULL, 4);
        assertThat(waits(0, 1_000).getLast()).isEqualTo(HOUR + 900L);
        limiter.at(HOUR);
        windowIsUsedUp();

        assertThat(waits(HOUR, 1)).containsExactly((long) HOUR);
    }

    @Test
    void aMessageThatCanOnlyBeDelayedBrieflyHasNoPlaceBeyondThatDelay() {
        windowIsUsedUp();

        limiter.copy(0)
                .scheduleReturns(
                        List.of(FULL.withMaximumHiddenTime(Duration.ofMinutes(15))),
                        RateLimiterTimeline.t(1),
                        RateLimiterTimeline.PATIENCE);

        // All seven that return for this opening are others.
        assertThat(waits(1, 7)).containsOnly(HOUR - 1L);
    }
}
