package dev.nftrefresh.bulk;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.file.BulkKeyReader;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the news of uploaded files, and loads them. */
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
     * @param messages of the event
     * @param end when the invocation must have ended
     * @param requestId Lambda's id of the invocation
     * @return the ids of the messages that stay in the queue
     */
    public Set<String> handle(List<QueuedMessage> messages, Instant end, String requestId, JsonLog log) {
        var invocation = new Invocation(requestId, end, log.with("request_id", requestId));
        var staying = new LinkedHashSet<String>();
        for (QueuedMessage message : messages) {
            hide(message, Duration.between(now(), end).plus(AFTER_CRASH), invocation);
            Duration comesBackIn = handle(message, invocation);
            if (comesBackIn != null) {
                hide(message, comesBackIn, invocation);
                staying.add(message.messageId());
            }
        }
        return staying;
    }

    private void hide(QueuedMessage message, Duration time, Invocation invocation) {
        try {
            services.loadQueue().hide(message.receiptHandle(), time.isNegative() ? Duration.ZERO : time);
        } catch (Unavailable e) {
            invocation
                    .log()
                    .warn(
                            "A message's visibility could not be set; it comes back when the one it has is over.",
                            field("message_id", message.messageId()),
                            field("reason", e.getMessage()));
        }
    }

    /** When the message is to come back; null if it is done with. */
    private @Nullable Duration handle(QueuedMessage message, Invocation invocation) {
        return switch (S3NoticeReader.read(message.body().utf8())) {
            case S3Notice.Unreadable(String detail) -> {
                invocation.log().error(detail, field("message_id", message.messageId()));
                yield AFTER_FAILURE;
            }
            case S3Notice.Uploads(List<Upload> uploads) -> {
                Duration shortest = null;
                for (Upload upload : uploads) {
                    Duration wait = loadOrLater(upload, message, invocation);
                    shortest = shortest == null || (wait != null && wait.compareTo(shortest) < 0) ? wait : shortest;
                }
                yield shortest;
            }
        };
    }

    private @Nullable Duration loadOrLater(Upload upload, QueuedMessage message, Invocation invocation) {
        String key = upload.object().key();
        // A folder that S3's console makes is an object without content.
        if (key.startsWith(ReportNames.FOLDER) || key.endsWith("/")) {
            return null;
        }
        if (!ReportNames.of(upload).fit()) {
            services.metrics().fileFailed();
            invocation
                    .log()
                    .error("The key of %s is too long for a report beside it; upload the file under a shorter one."
                            .formatted(upload.object()));
            return null;
        }
        try {
            return files.load(upload, invocation);
        } catch (IOException | RuntimeException e) {
            Duration wait = AFTER_FAILURE.multipliedBy(Math.clamp(message.receiveCount(), 1, LONGEST_BACKOFF));
            services.metrics().loadError();
            invocation
                    .log()
                    .error(
                            "The load of %s stopped; it goes on from its last checkpoint in %d s."
                                    .formatted(upload.object(), wait.toSeconds()),
                            field("reason", e instanceof Unavailable ? e.getMessage() : e.toString()),
                            field("at", e instanceof RuntimeException ? firstFrames(e) : null));
            return wait;
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
