package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaitStatisticsTest {
    @ParameterizedTest
    @CsvSource({
        "1,   1,  1,  1",
        "2,   1,  2,  2",
        "3,   2,  3,  3",
        "19,  10, 19, 19",
        "20,  10, 19, 20",
        "21,  11, 20, 21",
        "100, 50, 95, 100",
    })
    void eachPercentileOfWaitsIsAnActualWait(int count, int p50, int p95, int max) {
        List<Duration> waits = IntStream.rangeClosed(1, count)
                .mapToObj(i -> Duration.ofSeconds(count + 1 - i))
                .toList();

        assertThat(WaitStatistics.of(waits))
                .isEqualTo(new WaitStatistics(
                        count, Duration.ofSeconds(p50), Duration.ofSeconds(p95), Duration.ofSeconds(max)));
    }
}
