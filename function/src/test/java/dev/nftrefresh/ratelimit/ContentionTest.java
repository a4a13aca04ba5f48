package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.acceptedWithoutQuota;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More copies than the rate limiter's one item can serve at once. */
class ContentionTest {
    private final InMemoryTable inner = new InMemoryTable();
    private OtherCopies others = OtherCopies.QUIET;
    private int writes;
    private int othersWrites;

    private enum OtherCopies {
        QUIET,
        /** Another copy writes before each of our writes. */
        ALWAYS_FASTER,
        /** The copies write so much that the table throttles. */
        THROTTLED
    }

    private final class ContendedTable implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return inner.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> theirs, Duration timeout) {
            writes++;
            if (others == OtherCopies.THROTTLED) {
                return List.of(new WriteResult.Failed("Throttled."));
            }
            if (others == OtherCopies.ALWAYS_FASTER) {
                ItemKey key = theirs.getFirst().key();
                TableItem item = inner.read(List.of(key), timeout).found().get(key);
                String content = item == null ? "{}" : item.content();
                inner.write(List.of(new ConditionalWrite(key, item, content, null)), timeout);
                othersWrites++;
            }
            return inner.write(theirs, timeout);
        }
    }

    private TableRateLimiter copy(String name, double rate) {
        return new TableRateLimiter(new ContendedTable(), new RateLimiterSettings(rate, QuotaUnit.REQUEST, 20), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS_FASTER", "THROTTLED"})
    void nothingIsGrantedThatCouldNotBeWrittenAndWaitsGrow(String problem) {
        var limiter = copy("one", 1e9);
        limiter.recordOutcome(
                ((Granted) limiter.tryAcquire(FULL, t(0), PATIENCE)).permit(), acceptedWithoutQuota(), t(0), PATIENCE);
        others = OtherCopies.valueOf(problem);
        writes = 0;
        Instant now = t(1);
        int asks = 0;
        while (now.isBefore(t(61))) {
            var refusal = (Denied) limiter.tryAcquire(FULL, now, PATIENCE);
            assertThat(refusal.reason()).isEqualTo(DenialReason.PACED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
            now = now.plus(refusal.retryIn());
            asks++;
        }
        assertThat(asks).isBetween(12, 60);
        assertThat(writes).isLessThanOrEqualTo(2 * asks);
    }

    @Test
    void whatAnAnswerReportedIsNotLostWhenOthersWriteFirst() {
        var limiter = copy("one", 1e9);
        var permit = ((Granted) limiter.tryAcquire(FULL, t(0), PATIENCE)).permit();
        others = OtherCopies.ALWAYS_FASTER;
        limiter.recordOutcome(permit, RateLimiterTimeline.throttledFor(100), t(1), PATIENCE);
        assertThat(othersWrites).isLessThanOrEqualTo(4);
        others = OtherCopies.QUIET;
        limiter.tryAcquire(FULL, t(2), PATIENCE);

        assertThat(copy("other", 1e9).tryAcquire(FULL, t(3), PATIENCE))
                .isEqualTo(new Denied(Duration.ofSeconds(98), DenialReason.CLOSED));
    }

    /** Somebody asks twice a second, and is denied. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void deniedRequestsHardlyWriteHoweverManyCollectionsTheyAreOf(int collections) {
        var limiter = new SharedRateLimiter(1, QuotaUnit.REQUEST, 1, new ContendedTable());
        limiter.sends(0, FULL, 1);
        writes = 0;
        for (int i = 0; i < 120; i++) {
            var collection = new CollectionId("imtbl-zkevm-testnet", "0x%040x".formatted(i % collections));
            var request = new PermitRequest(collection, 250, true, false, UpdateLane.LIVE);
            assertThat(limiter.at(1 + i / 2.0).ask(0, request)).isInstanceOf(Denied.class);
        }
        assertThat(writes).isLessThan(20);
    }

    private record RetryingCopy(TableRateLimiter limiter, Instant at) {}

    /** All ask at once, and again exactly after the wait that they got. */
    @ParameterizedTest
    @ValueSource(ints = {2, 50, 400})
    void howeverManyCopiesNoMoreThanThePaceIsGrantedAndHardlyLess(int copies) {
        var asking = new PriorityQueue<>(Comparator.comparing(RetryingCopy::at));
        IntStream.range(0, copies).forEach(i -> asking.add(new RetryingCopy(copy("copy-" + i, 4), t(i * 0.001))));
        int granted = 0;
        Instant last = Instant.MIN;
        while (true) {
            RetryingCopy next = asking.remove();
            if (next.at().isAfter(t(30))) {
                break;
            }
            Duration again = Duration.ofMillis(1);
            switch (next.limiter().tryAcquire(FULL, next.at(), PATIENCE)) {
                case Granted(RateLimiter.Permit permit, int _) -> {
                    assertThat(last.plusMillis(250)).isBeforeOrEqualTo(next.at());
                    last = next.at();
                    granted++;
                    next.limiter().recordOutcome(permit, acceptedWithoutQuota(), next.at(), PATIENCE);
                }
                case Denied(Duration retryIn, DenialReason _) -> again = retryIn;
                case RateLimiter.AwaitSharedCall(Duration retryIn, Duration _, boolean _) -> again = retryIn;
            }
            asking.add(new RetryingCopy(next.limiter(), next.at().plus(again)));
        }
        assertThat(granted).isBetween(115, 121);
    }
}
