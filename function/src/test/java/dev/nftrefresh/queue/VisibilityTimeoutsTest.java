package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisibilityTimeoutsTest {
    private static final int CAP = 43_200 - 660 - 60;
    private final VisibilityTimeouts visibility = new VisibilityTimeouts(Duration.ofMinutes(11), new Random(1));

    @Test
    void aWaitIsRoundedUpToWholeSeconds() {
        assertThat(visibility.seconds(Duration.ZERO)).isZero();
        assertThat(visibility.seconds(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(visibility.seconds(Duration.ofMillis(9_610))).isEqualTo(10);
        assertThat(visibility.seconds(Duration.ofSeconds(10))).isEqualTo(10);
    }

    @Test
    void aWaitUpToTheCapIsKeptAndALongerOneIsSpreadOverTheCapsLastHour() {
        assertThat(visibility.seconds(Duration.ofSeconds(CAP - 1))).isEqualTo(CAP - 1);
        assertThat(visibility.seconds(Duration.ofSeconds(CAP))).isEqualTo(CAP);
        for (int i = 0; i < 1000; i++) {
            assertThat(visibility.seconds(Duration.ofSeconds(CAP + 1))).isBetween(CAP - 3600, CAP);
        }
    }
}
