package dev.nftrefresh.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
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
    void the_longest_wait_doubles_up_to_900_seconds(int attempts, long longestMillis) {
        assertThat(new Backoff(highest()).afterAttempts(attempts)).isEqualTo(Duration.ofMillis(longestMillis));
        assertThat(new Backoff(lowest()).afterAttempts(attempts)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_wait_is_never_under_1_s_nor_over_900_s() {
        SeededProperty.of("a wait is never under 1 s nor over 900 s").check(choices -> {
            int attempts = choices.note("attempts", choices.between(Integer.MIN_VALUE, Integer.MAX_VALUE));

            assertThat(new Backoff(choices.random()).afterAttempts(attempts))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(900));
        });
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
