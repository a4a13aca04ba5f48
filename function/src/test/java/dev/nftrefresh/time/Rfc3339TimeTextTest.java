package dev.nftrefresh.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339TimeTextTest {
    /** Seconds that begin or end a year of four digits, a leap day, and what can be written digit by digit. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                -62_167_219_201L,
                -62_167_219_200L,
                -1,
                0,
                1,
                951_782_399,
                951_782_400,
                951_868_800,
                1_709_251_199,
                253_402_300_798L,
                253_402_300_799L,
                253_402_300_800L,
                31_556_889_864_403_199L
            })
    void writesWhatAnInstantWritesAtItsLimits(long second) {
        for (int nanos : new int[] {0, 1, 999, 1_000, 1_001, 999_999, 1_000_000, 1_000_001, 500_000_000, 999_999_999}) {
            Instant time = Instant.ofEpochSecond(second, nanos);

            assertThat(text(time)).isEqualTo(time.toString());
        }
    }

    @Test
    void writesWhatAnInstantWrites() {
        SeededProperty.of("each time is written as an instant writes it")
                .tries(20_000)
                .check(choices -> {
                    int unit = choices.oneOf(1_000_000, 1_000, 1);
                    Instant time = Instant.ofEpochSecond(
                            choices.between(-62_167_219_200L, 253_402_300_800L),
                            (long) unit * choices.between(0, 999_999_999 / unit));

                    assertThat(text(time)).isEqualTo(time.toString());
                });
    }

    private static String text(Instant time) {
        var text = new StringBuilder();
        Rfc3339TimeText.append(text, time);
        return text.toString();
    }
}
