package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenOutcomeTest {
    @Test
    void aWaitIsNeverNegative() {
        assertThat(new TokenOutcome.Returned(Duration.ofHours(-99)).retryIn()).isZero();
        assertThat(new TokenOutcome.SearchContinued(SearchProgress.BEGUN, 0, Duration.ofNanos(-1)).retryIn())
                .isZero();
        assertThat(new TokenOutcome.Returned(Duration.ofNanos(1)).retryIn()).isEqualTo(Duration.ofNanos(1));
    }
}
