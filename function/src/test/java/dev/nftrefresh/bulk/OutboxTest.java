package dev.nftrefresh.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.file.Place;
import dev.nftrefresh.queue.SqsCallDeadline;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutboxTest {
    private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());

    private static Outbox outbox(RefreshQueue queue) {
        return new Outbox(queue, new SqsCallDeadline(InstantSource.system(), Instant.MAX), Mark.START);
    }

    private static Mark mark(int message) {
        return new Mark(new Place(message, message, message), new Figures(message, 0, message));
    }

    private static void add(Outbox outbox, int from, int to, int bytes) throws IOException {
        for (int i = from; i <= to; i++) {
            outbox.add(new PackedMessage("message " + i, "", bytes), mark(i));
        }
    }

    private static List<String> bodies(List<PackedMessage> messages) {
        return messages.stream().map(PackedMessage::body).toList();
    }

    @Test
    void aCallHasTenMessagesAtMost() throws IOException {
        try (var outbox = outbox((messages, _) -> calls.add(bodies(messages)))) {
            add(outbox, 1, 25, 1000);
            outbox.flush();

            assertThat(outbox.confirmed()).isEqualTo(mark(25));
        }
        assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(10, 10, 5);
    }

    @Test
    void aCallHasAMebibyteAtMost() throws IOException {
        try (var outbox = outbox((messages, _) -> calls.add(bodies(messages)))) {
            add(outbox, 1, 8, 256 * 1024);
            add(outbox, 9, 9, 1);
            outbox.flush();
        }
        assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(4, 4, 1);
    }

    @Test
    void onlyWhatIsTakenTogetherWithAllBeforeItIsConfirmed() throws Exception {
        var first = new CountDownLatch(1);
        var others = new Semaphore(0);
        RefreshQueue queue = (messages, _) -> {
            if (bodies(messages).contains("message 1")) {
                await(first);
            }
            others.release();
        };
        try (var outbox = outbox(queue)) {
            add(outbox, 1, 31, 1000);
            others.acquire(2);
            assertThat(outbox.confirmed()).isEqualTo(Mark.START);

            first.countDown();
            outbox.flush();
            assertThat(outbox.confirmed()).isEqualTo(mark(31));
        }
    }

    @Test
    void eightCallsAreUnderWayAtMost() throws Exception {
        var go = new CountDownLatch(1);
        var eight = new CountDownLatch(8);
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        RefreshQueue queue = (_, _) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            eight.countDown();
            await(go);
            underWay.decrementAndGet();
        };
        try (var outbox = outbox(queue)) {
            var adding = Thread.startVirtualThread(() -> {
                try {
                    add(outbox, 1, 200, 1000);
                    outbox.flush();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            eight.await();
            go.countDown();
            adding.join();
            assertThat(outbox.confirmed()).isEqualTo(mark(200));
        }
        assertThat(most).hasValue(8);
    }

    @Test
    void whatFailedIsToldAndNothingBehindItIsConfirmed() throws IOException {
        RefreshQueue queue = (messages, _) -> {
            if (bodies(messages).contains("message 11")) {
                throw new Unavailable("SQS is away.", null);
            }
        };
        try (var outbox = outbox(queue)) {
            add(outbox, 1, 30, 1000);
            assertThatThrownBy(outbox::flush).isInstanceOf(Unavailable.class).hasMessage("SQS is away.");
            assertThatThrownBy(outbox::confirmed).hasMessage("SQS is away.");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
