package dev.nftrefresh.bulk;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.file.BulkKeyReader;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes notices of uploaded files and loads these. The notice of a file that is loaded goes on to the settling queue, until
 * the report says of each token how it was settled.
 */
public final class BulkLoader {
    /** After a crash a message comes back so long after the invocation would have ended. */
    private static final Duration AFTER_CRASH = Duration.ofSeconds(30);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int LONGEST_BACKOFF = 20;
    private static final int FRAMES = 8;

    private final BulkServices services;
    private final FileLoader files;

    /** Loads files of this chain, and refuses those of others. */
    public BulkLoader(BulkServices services, String chainName) {
        this.services = services;
        this.files = new FileLoader(services, new BulkKeyReader(chainName));
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
            LoadQueue from, List<QueuedMessage> messages, Instant end, String requestId, JsonLog log) {
        var invocation = new Invocation(requestId, end, log.with("request_id", requestId));
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

    private void hide(LoadQueue from, QueuedMessage message, Duration time, Invocation invocation) {
        try {
            from.hide(message.receiptHandle(), time.isNegative() ? Duration.ZERO : time);
        } catch (Unavailable e) {
            invocation
                    .log()
                    .warn(
                            "A message's visibility could not be set; it comes back after the timeout that it has.",
                            field("message_id", message.messageId()),
                            field("reason", e.getMessage()));
        }
    }

    /** When the message is to come back; null if it is done with. */
    private @Nullable Duration handle(LoadQueue from, QueuedMessage message, Invocation invocation) {
        return switch (S3NoticeReader.read(message.body().utf8())) {
            case S3Notice.Unreadable(String detail) -> {
                invocation.log().error(detail, field("message_id", message.messageId()));
                yield AFTER_FAILURE;
            }
            case S3Notice.Uploads(List<Upload> uploads) -> handle(from, uploads, message, invocation);
        };
    }

    @SuppressWarnings("ReferenceEquality") // it is one of the two
    private @Nullable Duration handle(
            LoadQueue from, List<Upload> uploads, QueuedMessage message, Invocation invocation) {
        Duration wait = null;
        Duration pause = null;
        for (Upload upload : uploads) {
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

    /** Sends the notice on; when it is to come back if that failed. */
    private @Nullable Duration follow(QueuedMessage message, Duration pause, Invocation invocation) {
        try {
            services.settlingQueue()
                    .send(
                            message.body().toString(),
                            shorter(SqsLimits.MAX_DELAY, pause),
                            new SqsCallDeadline(services.clock(), invocation.end()));
            return null;
        } catch (Unavailable e) {
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

    private LoadResult loadOrLater(Upload upload, QueuedMessage message, Invocation invocation) {
        String key = upload.object().key();
        // A folder that S3's console makes is an object without content.
        if (key.startsWith(ReportNames.FOLDER) || key.endsWith("/")) {
            return new LoadResult.Over();
        }
        if (!ReportNames.of(upload).fit()) {
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
                            field("reason", e instanceof Unavailable ? e.getMessage() : e.toString()),
                            field("at", e instanceof RuntimeException ? firstFrames(e) : null));
            return new LoadResult.GoesOn(wait);
        }
    }

    /** Where a fault of our own is. */
    private static List<StackTraceElement> firstFrames(Exception e) {
        return Arrays.stream(e.getStackTrace()).limit(FRAMES).toList();
    }

    private Instant now() {
        return services.clock().instant();
    }
}
