package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * 60,000 tokens, as many as an event of 6 MB holds at 100 bytes each, take up to some 100 ms of CPU time on a JVM that has
 * just started. The limit is high, as machines differ, and still below what it takes to compare each token with each other.
 */
final class PackingEffortTest {
    private static final int TOKENS = 60_000;
    private static final Duration MOST = Duration.ofSeconds(1);

    @Test
    void packsSmallTokensInTime() {
        assertThat(cpuTime(i -> 60 + mixed(i, 80))).isLessThan(MOST);
    }

    /** First fit is far from the optimum here, so worst fit is tried too. */
    @Test
    void packsInTimeWhereBothLimitsMatter() {
        assertThat(cpuTime(i -> i < TOKENS / 2 ? 1_250 : 600)).isLessThan(MOST);
    }

    @Test
    void packsInTimeWhereFewTokensAreLarge() {
        assertThat(cpuTime(i -> mixed(i, 20) == 0 ? 16_384 : 200)).isLessThan(MOST);
    }

    /** 20 requests are full but for a few bytes, more than half an event; first fit asks each of them for every token. */
    @Test
    void packsInTimeWhereManyRequestsAreNearlyFull() {
        assertThat(cpuTime(i -> i < 20 * 15 ? 15_562 : 100)).isLessThan(MOST);
    }

    private static Duration cpuTime(IntUnaryOperator bytes) {
        List<Integer> sizes = IntStream.range(0, TOKENS).map(bytes).boxed().toList();
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();

        var requests = BatchPacker.pack(sizes, Integer::intValue);

        long end = threads.getCurrentThreadCpuTime();
        assertThat(requests.stream().mapToInt(List::size).sum()).isEqualTo(TOKENS);
        return Duration.ofNanos(end - start);
    }

    private static int mixed(int number, int bound) {
        return new Random(number).nextInt(bound);
    }
}
