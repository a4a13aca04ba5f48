package dev.nftrefresh.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JitteredBackoffTest {
    private static final Duration NEW = Duration.ZERO;
    private static final Duration A_DAY = Duration.ofDays(1);
    /** A message expires after so many receives, and after so long. */
    private static final int RECEIVES = 950;

    private static final Duration EXPIRES = Duration.ofDays(13);

    @ParameterizedTest
    @CsvSource({
        "-1, 2000",
        "0, 2000",
        "1, 2000",
        "2, 4000",
        "3, 8000",
        "8, 256000",
        "9, 512000",
        "10, 900000",
        "11, 900000",
        "2147483647, 900000",
        "-2147483648, 2000"
    })
    void aWaitIsFromTheUpperHalfOfABoundThatDoublesUpTo15Minutes(int failures, long longestMillis) {
        assertThat(new JitteredBackoff(highest()).afterFailures(failures, NEW))
                .isEqualTo(Duration.ofMillis(longestMillis));
        assertThat(new JitteredBackoff(lowest()).afterFailures(failures, NEW))
                .isEqualTo(Duration.ofMillis(longestMillis / 2));
    }

    @ParameterizedTest
    @CsvSource({"1, 2000", "10, 1024000", "11, 2048000", "12, 3600000", "13, 3600000", "2147483647, 3600000"})
    void anUpdateThatWaitedADayWaitsUpToAnHour(int failures, long longestMillis) {
        assertThat(new JitteredBackoff(highest()).afterFailures(failures, A_DAY))
                .isEqualTo(Duration.ofMillis(longestMillis));
    }

    @Test
    void aFullDayMustPassAndAClockThatIsBehindMakesNoDifference() {
        var backoff = new JitteredBackoff(highest());
        assertThat(backoff.afterFailures(20, A_DAY.minusMillis(1))).isEqualTo(Duration.ofMinutes(15));
        assertThat(backoff.afterFailures(20, Duration.ofSeconds(-1))).isEqualTo(Duration.ofMinutes(15));
    }

    static Stream<RandomGenerator> draws() {
        return Stream.concat(
                Stream.of(lowest(), highest()),
                Stream.iterate(1L, seed -> seed + 1).limit(20).map(Random::new));
    }

    /** An endless outage: each receive fails, from the first one on. */
    @ParameterizedTest
    @MethodSource("draws")
    void waitsWithoutAnEndInSightOutlastThe13DaysBefore950ReceivesWhateverIsDrawn(RandomGenerator random) {
        var backoff = new JitteredBackoff(random);
        Duration age = NEW;
        for (int receive = 1; receive <= RECEIVES; receive++) {
            age = age.plus(backoff.afterFailures(receive, age));
        }
        assertThat(age).isGreaterThan(EXPIRES);
    }

    /** Draws the lowest number of every range. */
    static RandomGenerator lowest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long origin, long bound) {
                return origin;
            }

            @Override
            public long nextLong(long bound) {
                return 0;
            }
        };
    }

    /** Draws the highest number of every range. */
    static RandomGenerator highest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long origin, long bound) {
                return bound - 1;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
