package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.seconds;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kind of quota, learned from answers that report 100 an hour. Times are seconds since t0. */
class QuotaProfileTest {
    private QuotaProfile profile = new QuotaProfile(new ItemFields());

    private void reported(double at, long remaining, double reset) {
        profile.learn(new ReportedQuota(100L, remaining, t(reset), null, List.of()), false, t(at));
        var fields = new ItemFields();
        profile.writeTo(fields);
        profile = new QuotaProfile(fields);
    }

    @Test
    void aResetThatMovesWithEachRequestShowsASteadyRefillBeforeAnythingIsUsedUp() {
        reported(0, 99, 36);
        assertThat(profile.steadyUnit()).isNull();
        reported(1, 98, 72);
        assertThat(profile.steadyUnit()).isBetween(seconds(35), seconds(36));
    }

    @Test
    void aFixedResetShowsAWindow() {
        for (int i = 1; i <= 90; i++) {
            reported(i * 30, 100 - i, 3600);
            assertThat(profile.steadyUnit()).isNull();
        }
    }

    /** 36 s a unit at the end of one window, and again in the middle of the next one. */
    @Test
    void answersOfTwoWindowsAreNotCompared() {
        reported(3240, 90, 3600);
        reported(4680, 30, 7200);
        assertThat(profile.steadyUnit()).isNull();
    }

    @Test
    void aWaitUntilTheResetShowsThatItIsAWindowAfterAll() {
        reported(0, 99, 36);
        reported(1, 98, 72);
        profile.learn(new ReportedQuota(100L, 0L, t(3600), seconds(3598), List.of()), true, t(2));
        assertThat(profile.steadyUnit()).isNull();
    }
}
