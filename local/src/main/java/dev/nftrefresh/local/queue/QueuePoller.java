package dev.nftrefresh.local.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/** Fills events for one copy of the function, each of them alone, and sees each one through. */
final class QueuePoller implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    /**
     * Lambda waits out its window, because more may come at any time. Here all was sent before, unless the settings say
     * otherwise: an event to which nothing came for so long would only wait for nothing, so that a run of a few messages
     * need not last a window.
     */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final EventSourceMappingSettings settings;
    private final FunctionCopy copy;
    private final MessageReceiver receiver;
    private final MessageDeleter deleter;
    private final EventSourceMappingListener listener;
    private final Clock clock;
    private final CountDownLatch stopping;

    /** Received, but too large for the last event. */
    private final Deque<Message> leftOver = new ArrayDeque<>();

    QueuePoller(
            EventSourceMappingSettings settings,
            FunctionCopy copy,
            MessageReceiver receiver,
            MessageDeleter deleter,
            EventSourceMappingListener listener,
            Clock clock,
            CountDownLatch stopping) {
        this.settings = settings;
        this.copy = copy;
        this.receiver = receiver;
        this.deleter = deleter;
        this.listener = listener;
        this.clock = clock;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (stopping.getCount() > 0) {
                try {
                    pass();
                } catch (SdkException e) {
                    listener.queueFailed("A poller failed and starts anew.", e);
                    boolean _ = stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // The mapping waited long enough for this poller: what is under way stays in the queue.
            Thread.currentThread().interrupt();
        }
    }

    private void pass() throws InterruptedException {
        EventBuilder batch = gather();
        // What was gathered when the mapping stopped is not invoked; it becomes visible again.
        if (!batch.isEmpty() && stopping.getCount() > 0) {
            invoke(batch);
        }
    }

    private EventBuilder gather() throws InterruptedException {
        var batch = new EventBuilder(settings.batchSize(), settings.queueArn());
        Instant windowEnd = Instant.MAX;
        Instant quietEnd = Instant.MAX;
        Duration pause = FIRST_PAUSE;
        boolean full = fill(batch);
        while (!full && stopping.getCount() > 0) {
            if (!batch.isEmpty() && windowEnd.equals(Instant.MAX)) {
                windowEnd = clock.instant().plus(settings.batchingWindow());
            }
            Instant now = clock.instant();
            if (!now.isBefore(windowEnd) || !now.isBefore(quietEnd)) {
                break;
            }
            List<Message> messages = receiver.receive(batch.remainingMessages());
            leftOver.addAll(messages);
            full = fill(batch);
            if (messages.isEmpty()) {
                boolean _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } else {
                pause = FIRST_PAUSE;
                quietEnd = settings.waitsOutWindow()
                        ? Instant.MAX
                        : clock.instant().plus(QUIET);
            }
        }
        return batch;
    }

    /** Moves what was received into the event, and says whether the event is full. */
    private boolean fill(EventBuilder batch) {
        while (!leftOver.isEmpty()) {
            if (!batch.offer(leftOver.peekFirst())) {
                return true;
            }
            leftOver.removeFirst();
        }
        return batch.remainingMessages() == 0;
    }

    private void invoke(EventBuilder batch) throws InterruptedException {
        switch (copy.invoke(batch)) {
            case InvocationResult.TotalFailure(var why, var cause) ->
                listener.invocationFailed(batch.size(), why, cause);
            case InvocationResult.PartialFailure(var ids) -> {
                List<String> done = new ArrayList<>(batch.size());
                batch.receiptHandles().forEach((id, handle) -> {
                    if (!ids.contains(id)) {
                        done.add(handle);
                    }
                });
                deleter.delete(done);
                listener.invoked(batch.size(), ids.size());
            }
        }
    }
}
