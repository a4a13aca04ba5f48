package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FateTest {
    @Test
    void aWaitIsNeverNegative() {
        assertThat(new Fate.Returned(Duration.ofHours(-99)).retryIn()).isZero();
        assertThat(new Fate.SentAlone(SearchProgress.BEGUN, 0, Duration.ofNanos(-1)).retryIn())
                .isZero();
        assertThat(new Fate.Returned(Duration.ofNanos(1)).retryIn()).isEqualTo(Duration.ofNanos(1));
    }
}
