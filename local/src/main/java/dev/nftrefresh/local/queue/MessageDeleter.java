package dev.nftrefresh.local.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** Deletes what the function is done with, ten a call, and looks at each entry of the answers. */
final class MessageDeleter {
    private static final int MAX_PER_CALL = 10;
    private static final int ATTEMPTS = 4;
    /** Calls at once: some, but not a connection for each of an event's thousand calls. */
    private static final int LANES = 8;

    private final SqsClient sqs;
    private final String queueUrl;
    private final ExecutorService threads;
    private final EventSourceMappingListener listener;

    MessageDeleter(SqsClient sqs, String queueUrl, ExecutorService threads, EventSourceMappingListener listener) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.threads = threads;
        this.listener = listener;
    }

    /** Returns when each message is deleted, or has been tried often enough and will be delivered again. */
    void delete(List<String> receiptHandles) throws InterruptedException {
        Queue<List<String>> parts = new ConcurrentLinkedQueue<>();
        for (int from = 0; from < receiptHandles.size(); from += MAX_PER_CALL) {
            parts.add(receiptHandles.subList(from, Math.min(from + MAX_PER_CALL, receiptHandles.size())));
        }
        Callable<Void> lane = () -> {
            for (List<String> part = parts.poll(); part != null; part = parts.poll()) {
                deletePart(part);
            }
            return null;
        };
        int lanes = Math.min(LANES, parts.size());
        for (Future<Void> ended : threads.invokeAll(Collections.nCopies(lanes, lane))) {
            try {
                ended.get();
            } catch (ExecutionException e) {
                listener.queueFailed("Deleting failed; its messages will be delivered again.", e.getCause());
            }
        }
    }

    private void deletePart(List<String> receiptHandles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String handle : receiptHandles) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .receiptHandle(handle)
                    .build());
        }
        @Nullable SdkException cause = null;
        String why = "";
        for (int attempt = 0; attempt < ATTEMPTS && !entries.isEmpty(); attempt++) {
            try {
                List<DeleteMessageBatchRequestEntry> now = List.copyOf(entries);
                List<BatchResultErrorEntry> failed = sqs.deleteMessageBatch(
                                call -> call.queueUrl(queueUrl).entries(now))
                        .failed();
                entries.removeIf(entry -> failed.stream().noneMatch(f -> f.id().equals(entry.id())));
                why = failed.isEmpty()
                        ? ""
                        : failed.getFirst().code() + ": " + failed.getFirst().message();
                cause = null;
            } catch (SdkException e) {
                why = String.valueOf(e.getMessage());
                cause = e;
            }
        }
        if (!entries.isEmpty()) {
            listener.queueFailed(
                    entries.size() + " messages could not be deleted and will be delivered again: " + why, cause);
        }
    }
}
