package dev.nftrefresh.bulkload;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.bulkfile.BulkObjectKeyReader;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.telemetry.JsonLogger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles notifications of uploaded files by loading the files. The notification of a loaded file moves to the settling
 * queue until the report has the outcome of each token.
 */
public final class BulkLoader {
    /** How long after the latest end of a crashed invocation its message returns. */
    private static final Duration AFTER_CRASH = Duration.ofSeconds(30);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int LONGEST_BACKOFF = 20;
    private static final int FRAMES = 8;

    private final BulkLoaderDependencies services;
    private final BulkFileLoader files;

    /** A loader that loads files of this chain, and refuses those of others. */
    public BulkLoader(BulkLoaderDependencies services, String chainName) {
        this.services = services;
        this.files = new BulkFileLoader(services, new BulkObjectKeyReader(chainName));
    }

    /**
     * Handles one event.
     *
     * @param from the queue that the event came from
     * @param messages of the event
     * @param end when the invocation must have ended
     * @param requestId Lambda's id of the invocation
     * @return the ids of the messages that stay in the queue
     */
    public Set<String> handle(
            UploadNotificationQueue from, List<QueuedMessage> messages, Instant end, String requestId, JsonLogger log) {
        var invocation = new LoaderInvocation(requestId, end, log.withField("request_id", requestId));
        var staying = new LinkedHashSet<String>();
        for (QueuedMessage message : messages) {
            hide(from, message, Duration.between(now(), end).plus(AFTER_CRASH), invocation);
            Duration comesBackIn = handle(from, message, invocation);
            if (comesBackIn != null) {
                hide(from, message, comesBackIn, invocation);
                staying.add(message.messageId());
            }
        }
        return staying;
    }

    private void hide(UploadNotificationQueue from, QueuedMessage message, Duration time, LoaderInvocation invocation) {
        try {
            from.hide(message.receiptHandle(), time.isNegative() ? Duration.ZERO : time);
        } catch (ServiceUnavailableException e) {
            invocation
                    .log()
                    .warn(
                            "A message's visibility could not be set; it comes back after the timeout that it has.",
                            field("message_id", message.messageId()),
                            field("reason", e.getMessage()));
        }
    }

    /** When the message is to return; null if it is finished. */
    private @Nullable Duration handle(
            UploadNotificationQueue from, QueuedMessage message, LoaderInvocation invocation) {
        return switch (S3NotificationReader.read(message.body().utf8())) {
            case S3Notification.Unreadable(String detail) -> {
                invocation.log().error(detail, field("message_id", message.messageId()));
                yield AFTER_FAILURE;
            }
            case S3Notification.FileUploads(List<FileUpload> uploads) -> handle(from, uploads, message, invocation);
        };
    }

    @SuppressWarnings("ReferenceEquality") // one of the two is present
    private @Nullable Duration handle(
            UploadNotificationQueue from,
            List<FileUpload> uploads,
            QueuedMessage message,
            LoaderInvocation invocation) {
        Duration wait = null;
        Duration pause = null;
        for (FileUpload upload : uploads) {
            switch (loadOrLater(upload, message, invocation)) {
                case LoadResult.GoesOn goesOn -> wait = shorter(wait, goesOn.pause());
                case LoadResult.Loaded loaded -> pause = shorter(pause, loaded.pause());
                case LoadResult.Over _ -> {}
            }
        }
        if (wait != null || pause == null) {
            return wait;
        }
        return from == services.settlingQueue() ? pause : follow(message, pause, invocation);
    }

    private static Duration shorter(@Nullable Duration one, Duration other) {
        return one == null || other.compareTo(one) < 0 ? other : one;
    }

    /** Moves the notification to the settling queue; returns when it is to return if that failed. */
    private @Nullable Duration follow(QueuedMessage message, Duration pause, LoaderInvocation invocation) {
        try {
            services.settlingQueue()
                    .send(
                            message.body().toString(),
                            shorter(SqsLimits.MAX_DELAY, pause),
                            new SqsCallDeadline(services.clock(), invocation.end()));
            return null;
        } catch (ServiceUnavailableException e) {
            services.metrics().loadError();
            invocation
                    .log()
                    .error(
                            "The notice of a loaded file could not be queued again; it comes back.",
                            field("message_id", message.messageId()),
                            field("reason", e.getMessage()));
            return AFTER_FAILURE;
        }
    }

    private LoadResult loadOrLater(FileUpload upload, QueuedMessage message, LoaderInvocation invocation) {
        String key = upload.object().key();
        // A folder made in the S3 console is an object without content.
        if (key.startsWith(ReportKeys.FOLDER) || key.endsWith("/")) {
            return new LoadResult.Over();
        }
        if (!ReportKeys.of(upload).fit()) {
            services.metrics().fileFailed();
            invocation
                    .log()
                    .error("The key of %s is too long for a report beside it; upload the file under a shorter one."
                            .formatted(upload.object()));
            return new LoadResult.Over();
        }
        try {
            return files.load(upload, message.sentAt(), invocation);
        } catch (IOException | RuntimeException e) {
            Duration wait = AFTER_FAILURE.multipliedBy(Math.clamp(message.receiveCount(), 1, LONGEST_BACKOFF));
            services.metrics().loadError();
            invocation
                    .log()
                    .error(
                            "The load of %s stopped; it continues from its last checkpoint in %d s."
                                    .formatted(upload.object(), wait.toSeconds()),
                            field("reason", e instanceof ServiceUnavailableException ? e.getMessage() : e.toString()),
                            field("at", e instanceof RuntimeException ? firstFrames(e) : null));
            return new LoadResult.GoesOn(wait);
        }
    }

    /** The place in the code of a fault of our own. */
    private static List<StackTraceElement> firstFrames(Exception e) {
        return Arrays.stream(e.getStackTrace()).limit(FRAMES).toList();
    }

    private Instant now() {
        return services.clock().instant();
    }
}
