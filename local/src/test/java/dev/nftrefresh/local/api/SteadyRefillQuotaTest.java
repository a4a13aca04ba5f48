package dev.nftrefresh.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyRefillQuotaTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    /** Ten in ten seconds: one a second. */
    private final SteadyRefillQuota limit = new SteadyRefillQuota(10, Duration.ofSeconds(10));

    private StandInQuota.SpendResult spend(int seconds) {
        return limit.spend(1, START.plusSeconds(seconds));
    }

    @Test
    void saysHowLongItTakesToBeFullAgainWhileSomethingRemains() {
        spend(0);
        StandInQuota.SpendResult second = spend(0);

        assertThat(second.granted()).isTrue();
        assertThat(second.remaining()).isEqualTo(8);
        assertThat(second.reset()).isEqualTo(START.plusSeconds(2));
        assertThat(second.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void acceptsOneRequestAtATimeOnceItIsUsedUp() {
        for (int i = 0; i < 9; i++) {
            spend(0);
        }
        StandInQuota.SpendResult last = spend(0);
        StandInQuota.SpendResult over = spend(0);
        StandInQuota.SpendResult next = spend(1);

        assertThat(last.granted()).isTrue();
        assertThat(last.remaining()).isZero();
        assertThat(last.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(over.granted()).isFalse();
        assertThat(over.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(next.granted()).isTrue();
        assertThat(next.remaining()).isZero();
    }

    @Test
    void neverHoldsMoreThanItsLimit() {
        spend(0);

        assertThat(spend(3_600).remaining()).isEqualTo(9);
    }

    @Test
    void grantsALargerCostOnlyWhenAllUnitsAreThere() {
        limit.spend(8, START);

        assertThat(limit.spend(3, START).granted()).isFalse();
        assertThat(limit.spend(3, START).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.spend(3, START.plusSeconds(1)).granted()).isTrue();
    }
}
