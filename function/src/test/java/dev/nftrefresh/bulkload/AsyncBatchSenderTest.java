package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.bulkfile.ElementPosition;
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
final class AsyncBatchSenderTest {
    private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());

    private static AsyncBatchSender outbox(RefreshQueue queue) {
        return new AsyncBatchSender(
                queue, new SqsCallDeadline(InstantSource.system(), Instant.MAX), BulkLoadCheckpoint.START);
    }

    private static BulkLoadCheckpoint mark(int message) {
        return new BulkLoadCheckpoint(
                new ElementPosition(message, message, message), new BulkLoadCounts(message, 0, message));
    }

    private static void add(AsyncBatchSender sender, int from, int to, int bytes) throws IOException {
        for (int i = from; i <= to; i++) {
            sender.add(new PackedMessage("message " + i, "", bytes), mark(i));
        }
    }

    private static List<String> bodies(List<PackedMessage> messages) {
        return messages.stream().map(PackedMessage::body).toList();
    }

    @Test
    void aCallHasAtMostTenMessages() throws IOException {
        try (var sender = outbox((messages, _) -> calls.add(bodies(messages)))) {
            add(sender, 1, 25, 1000);
            sender.flush();

            assertThat(sender.confirmed()).isEqualTo(mark(25));
        }
        assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(10, 10, 5);
    }

    @Test
    void aCallHasAtMostOneMebibyte() throws IOException {
        try (var sender = outbox((messages, _) -> calls.add(bodies(messages)))) {
            add(sender, 1, 8, 256 * 1024);
            add(sender, 9, 9, 1);
            sender.flush();
        }
        assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(4, 4, 1);
    }

    @Test
    void aMessageIsConfirmedOnlyTogetherWithAllBeforeIt() throws Exception {
        var first = new CountDownLatch(1);
        var others = new Semaphore(0);
        RefreshQueue queue = (messages, _) -> {
            if (bodies(messages).contains("message 1")) {
                await(first);
            }
            others.release();
        };
        try (var sender = outbox(queue)) {
            add(sender, 1, 31, 1000);
            others.acquire(2);
            assertThat(sender.confirmed()).isEqualTo(BulkLoadCheckpoint.START);

            first.countDown();
            sender.flush();
            assertThat(sender.confirmed()).isEqualTo(mark(31));
        }
    }

    @Test
    void atMostEightCallsAreInFlight() throws Exception {
        var go = new CountDownLatch(1);
        var eight = new CountDownLatch(8);
        var inFlight = new AtomicInteger();
        var most = new AtomicInteger();
        RefreshQueue queue = (_, _) -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            eight.countDown();
            await(go);
            inFlight.decrementAndGet();
        };
        try (var sender = outbox(queue)) {
            var adding = Thread.startVirtualThread(() -> {
                try {
                    add(sender, 1, 200, 1000);
                    sender.flush();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            eight.await();
            go.countDown();
            adding.join();
            assertThat(sender.confirmed()).isEqualTo(mark(200));
        }
        assertThat(most).hasValue(8);
    }

    @Test
    void aFailureIsReportedAndNothingAfterItIsConfirmed() throws IOException {
        RefreshQueue queue = (messages, _) -> {
            if (bodies(messages).contains("message 11")) {
                throw new ServiceUnavailableException("SQS is away.", null);
            }
        };
        try (var sender = outbox(queue)) {
            add(sender, 1, 30, 1000);
            assertThatThrownBy(sender::flush)
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessage("SQS is away.");
            assertThatThrownBy(sender::confirmed).hasMessage("SQS is away.");
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
