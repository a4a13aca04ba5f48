package dev.nftrefresh.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A limit of 4 requests that refills steadily, one in 15 s. Times are seconds since t0. */
class QuotaUnitDetectorTest {
    private static final Duration REFILL = Duration.ofSeconds(15);

    private final QuotaUnitDetector unitDetector = new QuotaUnitDetector(QuotaUnit.AUTO, new ItemFields());

    private void accepted(double second, int tokens, @Nullable Long limit, long remaining) {
        var quota = new ReportedQuota(limit, remaining, null, null, List.of());
        unitDetector.accepted(tokens, quota, 0, REFILL, RateLimiterTimeline.t(second));
    }

    @Test
    void aQuotaThatWasFullMeanwhileDidNotRefillFurther() {
        accepted(0, 10, 4L, 3);
        accepted(60, 3, 4L, 3);
        accepted(120, 3, 4L, 3);

        assertThat(unitDetector.tokensCount()).isFalse();
    }

    @Test
    void withoutALimitARefillThatMayHaveEndedShowsNothing() {
        accepted(0, 10, null, 3);
        accepted(60, 3, null, 3);
        accepted(120, 3, null, 3);

        assertThat(unitDetector.tokensCount()).isFalse();
    }

    @Test
    void withoutALimitAFallWithinOneRefillStillShowsTheUnit() {
        accepted(0, 10, null, 1_000);
        accepted(1, 10, null, 990);
        accepted(2, 10, null, 980);

        assertThat(unitDetector.tokensCount()).isTrue();
    }

    @Test
    void aFallByTokensBelowTheLimitStillShowsTheUnit() {
        accepted(0, 10, 1_000L, 500);
        accepted(30, 10, 1_000L, 492);
        accepted(60, 10, 1_000L, 484);

        assertThat(unitDetector.tokensCount()).isTrue();
    }
}
