package dev.nftrefresh.local.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Queues the messages of a file one by one, as a backend would beside a load, and measures how long their updates wait.
 */
final class LiveMessageSender {
    private final Path path;
    private final MessageFileSender file;
    private final SendingRate rate;
    private final LiveUpdateWaits waits = new LiveUpdateWaits(LocalFlow.CHAIN);
    private final Consumer<String> complaints;
    private final Clock clock;
    private volatile boolean brokenOff;

    /** {@code complaints} gets a sentence about each line that cannot be queued. */
    LiveMessageSender(Path path, SendingRate rate, Consumer<String> complaints, Clock clock) {
        this.path = path;
        this.rate = rate;
        this.complaints = complaints;
        this.clock = clock;
        file = new MessageFileSender(path, complaints);
    }

    /** Must be notified of acceptances. */
    LiveUpdateWaits waits() {
        return waits;
    }

    /** Queues them until the end of the file, or until it is stopped. */
    void queue(SqsClient sqs, String queueUrl, CountDownLatch stopping) throws InterruptedException {
        try {
            file.queueOneByOne(sqs, queueUrl, new MessageFileSender.SendingTurns() {
                @Override
                public boolean await() throws InterruptedException {
                    Duration wait = rate.untilNext(clock.instant());
                    return !stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
                }

                @Override
                public void queues(String body) {
                    rate.sent(clock.instant());
                    waits.queued(body.getBytes(StandardCharsets.UTF_8), clock.instant());
                }
            });
        } catch (IOException | SdkException e) {
            brokenOff = true;
            complaints.accept("The messages of " + path + " after the first "
                    + file.queued().messages() + " were not queued (" + e + "); the load goes on without them.");
        }
    }

    /** Whether each message was queued that the file has. */
    boolean isWhole() {
        return !brokenOff && file.queued().refused() == 0;
    }

    LiveSummary figures() {
        MessageFileSender.QueuedCounts queued = file.queued();
        return new LiveSummary(queued.messages(), queued.tokens(), waits.figures());
    }
}
