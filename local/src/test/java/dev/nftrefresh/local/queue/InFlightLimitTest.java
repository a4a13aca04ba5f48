package dev.nftrefresh.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.sqs.QueueDepth;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final InFlightLimit limit = new InFlightLimit(() -> {
        asked.incrementAndGet();
        return new QueueDepth(0, inFlight.get(), 0);
    });

    @Test
    void pausesReceivingAtTheLimitUntilMessagesAreDone() {
        inFlight.set(119_990);
        assertThat(limit.take(10)).isTrue();

        inFlight.set(120_000);
        assertThat(limit.take(10)).isFalse();

        inFlight.set(119_000);
        assertThat(limit.take(10)).isTrue();
    }

    @Test
    void asksTheQueueOnlyWhenTheLimitMayBeReached() {
        for (int call = 0; call < 12_000; call++) {
            assertThat(limit.take(10)).isTrue();
        }
        assertThat(asked).hasValue(1);

        assertThat(limit.take(10)).isTrue();
        assertThat(asked).hasValue(2);
    }
}
