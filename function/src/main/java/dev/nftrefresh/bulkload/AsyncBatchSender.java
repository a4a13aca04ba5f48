package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends messages in full calls, some at once, and knows up to where all of them were taken. Whoever adds waits while too
 * many are under way, which bounds what is in memory. For one thread.
 */
final class AsyncBatchSender implements AutoCloseable {
    /** Each call is 1 MiB at most, held as text, as JSON and as bytes: some 30 MB in all. */
    private static final int CALLS_AT_ONCE = 8;

    private final RefreshQueue queue;
    private final SqsCallDeadline deadline;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<PendingCall> underWay = new ArrayDeque<>();
    private List<PackedMessage> batch = new ArrayList<>();
    private int batchBytes;
    private BulkLoadCheckpoint batchEnd;
    private BulkLoadCheckpoint confirmed;

    /** Sends to this queue what comes after the mark, until the deadline. */
    AsyncBatchSender(RefreshQueue queue, SqsCallDeadline deadline, BulkLoadCheckpoint start) {
        this.queue = queue;
        this.deadline = deadline;
        this.batchEnd = start;
        this.confirmed = start;
    }

    /** A call, and the mark behind its last message. */
    private record PendingCall(Future<?> answer, BulkLoadCheckpoint end) {}

    /**
     * Sends a message, sooner or later.
     *
     * @param end the mark behind it
     * @throws IOException if an earlier one was not taken
     */
    void add(PackedMessage message, BulkLoadCheckpoint end) throws IOException {
        if (batch.size() == SqsLimits.BATCH_ENTRIES || batchBytes + message.bytes() > SqsLimits.BATCH_BYTES) {
            dispatch();
        }
        batch.add(message);
        batchBytes += message.bytes();
        batchEnd = end;
    }

    /** The mark up to which every message is known to be taken, without waiting. */
    BulkLoadCheckpoint confirmed() throws IOException {
        while (!underWay.isEmpty() && underWay.element().answer().isDone()) {
            awaitOldest();
        }
        return confirmed;
    }

    /** Sends what is left, and waits until all of it is taken. */
    void flush() throws IOException {
        dispatch();
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
    }

    private void dispatch() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        while (underWay.size() >= CALLS_AT_ONCE) {
            awaitOldest();
        }
        List<PackedMessage> messages = batch;
        Future<?> answer = threads.submit(() -> {
            queue.send(messages, deadline);
            return null;
        });
        underWay.add(new PendingCall(answer, batchEnd));
        batch = new ArrayList<>();
        batchBytes = 0;
    }

    private void awaitOldest() throws IOException {
        // One that failed stays the oldest, so that nothing behind it is ever confirmed.
        PendingCall oldest = underWay.element();
        try {
            oldest.answer().get();
            confirmed = oldest.end();
            underWay.remove();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("A call to the queue ended unexpectedly.", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted while it waited for the queue.", e);
        }
    }

    /** Waits for the calls under way, whatever comes of them: none may go on when the next invocation begins. */
    @Override
    public void close() {
        threads.close();
    }
}
