package dev.nftrefresh.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaHeaderTextTest {
    @Test
    void writesTimesLikeGo() {
        assertThat(QuotaHeaderText.time(Instant.parse("2024-04-16T11:06:07.401553Z")))
                .isEqualTo("2024-04-16 11:06:07.401553 +0000 UTC");
        assertThat(QuotaHeaderText.time(Instant.parse("2024-04-16T11:06:07.500Z")))
                .isEqualTo("2024-04-16 11:06:07.5 +0000 UTC");
        assertThat(QuotaHeaderText.time(Instant.parse("2024-04-16T11:06:07Z")))
                .isEqualTo("2024-04-16 11:06:07 +0000 UTC");
    }

    @Test
    void roundsWaitsUpToHundredths() {
        assertThat(QuotaHeaderText.seconds(Duration.ofMillis(9_610))).isEqualTo("9.61-seconds");
        assertThat(QuotaHeaderText.seconds(Duration.ofNanos(9_610_000_001L))).isEqualTo("9.62-seconds");
        assertThat(QuotaHeaderText.seconds(Duration.ZERO)).isEqualTo("0.00-seconds");
    }
}
