package dev.nftrefresh.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/**
 * Makes SQS batch calls, several at once, and handles the failed entries of each: a batch call can fail in part with
 * HTTP 200.
 */
final class SqsBatchCalls {
    /** Concurrent calls: enough that 10,000 messages take about a second, few enough for one CPU. */
    private static final int AT_ONCE = 16;
    /**
     * Tries of an entry that failed through no fault of ours. A message that is sent but whose source is not deleted
     * doubles its updates, so it is worth more tries than the SDK makes.
     */
    private static final int TRIES = 3;

    private static final int CLIENT_ERROR = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final String TIME_USED_UP = "the invocation's time was used up before the call began";

    private SqsBatchCalls() {}

    /** An entry that SQS did not accept. */
    record EntryFailure<T>(T entry, boolean senderFault, String reason) {}

    /** The entries of a batch that SQS did not accept. Their ids are their indexes. */
    static <T> List<EntryFailure<T>> failures(List<T> batch, List<BatchResultErrorEntry> failed) {
        return failed.stream()
                .map(entry -> new EntryFailure<>(
                        batch.get(Integer.parseInt(entry.id())),
                        entry.senderFault(),
                        entry.code() + ": " + entry.message()))
                .toList();
    }

    /** One batch call. */
    @FunctionalInterface
    interface BatchCall<T> {
        /** Makes the call, and returns the entries that failed. */
        List<EntryFailure<T>> send(List<T> batch);
    }

    /** Sends every batch until the deadline, and returns what failed in the end. */
    static <T> List<EntryFailure<T>> send(List<List<T>> batches, SqsCallDeadline deadline, BatchCall<T> call) {
        var slots = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<EntryFailure<T>>>> calls = batches.stream()
                    .<Callable<List<EntryFailure<T>>>>map(batch -> () -> {
                        slots.acquire();
                        try {
                            return untilTaken(batch, deadline, call);
                        } finally {
                            slots.release();
                        }
                    })
                    .toList();
            var failures = new ArrayList<EntryFailure<T>>();
            for (var result : threads.invokeAll(calls)) {
                failures.addAll(result.get());
            }
            return failures;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted while it called SQS.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call to SQS ended unexpectedly.", e.getCause());
        }
    }

    private static <T> List<EntryFailure<T>> untilTaken(List<T> batch, SqsCallDeadline deadline, BatchCall<T> call) {
        var given = new ArrayList<EntryFailure<T>>();
        List<T> left = batch;
        for (int tries = 1; !left.isEmpty(); tries++) {
            if (deadline.isOver()) {
                left.forEach(entry -> given.add(new EntryFailure<>(entry, false, TIME_USED_UP)));
                break;
            }
            var again = new ArrayList<T>();
            for (EntryFailure<T> failure : once(left, call)) {
                if (failure.senderFault() || tries == TRIES) {
                    given.add(failure);
                } else {
                    again.add(failure.entry());
                }
            }
            left = again;
        }
        return given;
    }

    /** Whether repeating a failed call may help: one that fails for its content fails again. */
    private static <T> List<EntryFailure<T>> once(List<T> batch, BatchCall<T> call) {
        try {
            return call.send(batch);
        } catch (SdkException e) {
            return batch.stream()
                    .map(entry -> new EntryFailure<>(entry, isSenderFault(e), String.valueOf(e.getMessage())))
                    .toList();
        }
    }

    private static boolean isSenderFault(SdkException e) {
        return e instanceof SdkServiceException service
                && service.statusCode() >= CLIENT_ERROR
                && service.statusCode() < SERVER_ERROR
                && service.statusCode() != TOO_MANY_REQUESTS
                && !service.isThrottlingException();
    }
}
