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
 * Sends messages in full calls, several at once, and tracks up to which checkpoint all of them were accepted. Adding
 * waits while too many are in flight, which bounds the memory. Not thread-safe.
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

    /** Sends to this queue the messages after the checkpoint, until the deadline. */
    AsyncBatchSender(RefreshQueue queue, SqsCallDeadline deadline, BulkLoadCheckpoint start) {
        this.queue = queue;
        this.deadline = deadline;
        this.batchEnd = start;
        this.confirmed = start;
    }

    /** A call, and the checkpoint after its last message. */
    private record PendingCall(Future<?> answer, BulkLoadCheckpoint end) {}

    /**
     * Sends a message, sooner or later.
     *
     * @param end the checkpoint after it
     * @throws IOException if an earlier one was not accepted
     */
    void add(PackedMessage message, BulkLoadCheckpoint end) throws IOException {
        if (batch.size() == SqsLimits.BATCH_ENTRIES || batchBytes + message.bytes() > SqsLimits.BATCH_BYTES) {
            dispatch();
        }
        batch.add(message);
        batchBytes += message.bytes();
        batchEnd = end;
    }

    /** The checkpoint up to which every message is known to be accepted, without waiting. */
    BulkLoadCheckpoint confirmed() throws IOException {
        while (!underWay.isEmpty() && underWay.element().answer().isDone()) {
            awaitOldest();
        }
        return confirmed;
    }

    /** Sends the remaining messages, and waits until all are accepted. */
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
        // A failed call stays the oldest, so that nothing after it is ever confirmed.
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

    /** Waits for the calls in flight, whatever their results: none may continue when the next invocation begins. */
    @Override
    public void close() {
        threads.close();
    }
}
