package dev.nftrefresh.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JitterTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9, 9",
        "10, 11",
        "1000, 1100",
        "9610, 10571",
        "50000, 55000",
        "50010, 55010",
        "3600000, 3605000"
    })
    void at_most_a_tenth_and_5_seconds_are_added(long askedMillis, long longestMillis) {
        Duration asked = Duration.ofMillis(askedMillis);
        assertThat(new Jitter(BackoffTest.highest()).lengthen(asked)).isEqualTo(Duration.ofMillis(longestMillis));
        assertThat(new Jitter(BackoffTest.lowest()).lengthen(asked)).isEqualTo(asked);
    }

    @Test
    void a_part_of_a_millisecond_is_rounded_up() {
        var jitter = new Jitter(BackoffTest.lowest());
        assertThat(jitter.lengthen(Duration.ofNanos(1))).isEqualTo(Duration.ofMillis(1));
        assertThat(jitter.lengthen(Duration.ofNanos(1_000_001))).isEqualTo(Duration.ofMillis(2));
    }

    @Property
    void a_wait_is_never_shorter_than_asked(
            @ForAll @LongRange(min = -10_000_000_000L, max = 100_000_000_000_000L) long nanos, @ForAll long seed) {
        Duration asked = Duration.ofNanos(nanos);
        Duration wait = new Jitter(new Random(seed)).lengthen(asked);
        assertThat(wait)
                .isGreaterThanOrEqualTo(asked)
                .isBetween(Duration.ZERO, asked.abs().plusSeconds(6));
    }
}
