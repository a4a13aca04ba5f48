package dev.nftrefresh.local.queue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.local.sqs.QueueDepth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Takes messages from a queue and invokes copies of a function with them, as Lambda's event source mapping does: each
 * poller builds events of its own, and what the function does not report as failed is deleted.
 */
public final class EventSourceMapping implements AutoCloseable {
    private final EventSourceMappingSettings settings;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> pollers = new ArrayList<>();

    private EventSourceMapping(EventSourceMappingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Starts one poller for each copy.
     *
     * @param copies of the function; one object given several times is a function that several events enter at once
     */
    public static EventSourceMapping start(
            SqsClient sqs,
            EventSourceMappingSettings settings,
            List<? extends RequestStreamHandler> copies,
            EventSourceMappingListener listener,
            Clock clock) {
        var mapping = new EventSourceMapping(settings, clock);
        var inFlight = new InFlightLimit(() -> QueueDepth.of(sqs, settings.queueUrl()));
        for (RequestStreamHandler function : copies) {
            int number = mapping.pollers.size() + 1;
            var poller = new QueuePoller(
                    settings,
                    new FunctionCopy(function, settings, clock, "copy-" + number),
                    new MessageReceiver(sqs, settings.queueUrl(), mapping.calls, inFlight, listener),
                    new MessageDeleter(sqs, settings.queueUrl(), mapping.calls, listener),
                    listener,
                    clock,
                    mapping.stopping);
            mapping.pollers.add(
                    Thread.ofPlatform().daemon().name("poller-" + number).unstarted(poller));
        }
        mapping.pollers.forEach(Thread::start);
        return mapping;
    }

    /** Stops receiving at once, and lets the invocations under way end, within the stop timeout. */
    @Override
    public void close() {
        stopping.countDown();
        Instant end = clock.instant().plus(settings.stopTimeout());
        try {
            for (Thread poller : pollers) {
                long left = Math.max(1, end.toEpochMilli() - clock.millis());
                if (!poller.join(Duration.ofMillis(left))) {
                    poller.interrupt();
                    boolean _ = poller.join(Duration.ofSeconds(1));
                }
            }
        } catch (InterruptedException _) {
            pollers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        } finally {
            calls.shutdownNow();
        }
    }
}
