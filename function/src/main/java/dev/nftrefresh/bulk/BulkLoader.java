package dev.nftrefresh.bulk;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.file.BulkKey;
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
    /** When another invocation may take a file over, after this one has ended for sure. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int LONGEST_BACKOFF = 20;
    private static final int FRAMES = 8;

    private final BulkServices services;
    private final BulkKeyReader keys;
    private final ProgressTable progress;

    /** Loads files of this chain, and refuses those of others. */
    public BulkLoader(BulkServices services, String chainName) {
        this.services = services;
        this.keys = new BulkKeyReader(chainName);
        this.progress = new ProgressTable(services.table());
    }

    /** The invocation that loads. */
    private record Invocation(String requestId, Instant end, JsonLog log) {}

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
                Duration longest = null;
                for (Upload upload : uploads) {
                    Duration wait = loadOrLater(upload, message, invocation);
                    longest = longest == null || (wait != null && wait.compareTo(longest) > 0) ? wait : longest;
                }
                yield longest;
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
            return load(upload, invocation);
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

    private @Nullable Duration load(Upload upload, Invocation invocation) throws IOException {
        return switch (keys.read(upload.object().key())) {
            case BulkKey.Wrong(String detail) -> {
                var report = new Report(LoadState.FAILED, detail, Figures.NONE, now(), now());
                new ReportFolder(services.store(), upload).write(report);
                tell(upload, report, invocation);
                yield null;
            }
            case BulkKey.Valid valid ->
                switch (progress.claim(
                        upload, invocation.requestId(), now(), invocation.end().plus(LEASE_MARGIN))) {
                    case Claim.Mine(Lease lease) -> load(upload, valid, lease, invocation);
                    case Claim.Busy(Instant until) -> Duration.between(now(), until);
                    case Claim.Over(Progress over) -> {
                        // A crash may have come between the end and this.
                        new ReportFolder(services.store(), upload).deleteParts(over.parts());
                        yield null;
                    }
                };
        };
    }

    private @Nullable Duration load(Upload upload, BulkKey.Valid key, Lease lease, Invocation invocation)
            throws IOException {
        Instant stop = invocation.end().minus(services.margin());
        try {
            return switch (new Leg(services, upload, key, lease, stop).run()) {
                case Leg.End.Over(Report report) -> {
                    tell(upload, report, invocation);
                    yield null;
                }
                case Leg.End.ToBeContinued _ -> {
                    invocation
                            .log()
                            .info(
                                    "The next invocation goes on loading.",
                                    field("file", upload.object()),
                                    field(
                                            "line",
                                            lease.progress().mark().after().line()));
                    yield Duration.ZERO;
                }
            };
        } catch (LeaseLost _) {
            invocation.log().warn("Another invocation loads the file now.", field("file", upload.object()));
            return LEASE_MARGIN;
        } catch (IOException | RuntimeException e) {
            release(lease);
            throw e;
        }
    }

    /** So that the next attempt need not wait for the end of the lease. */
    private void release(Lease lease) {
        try {
            lease.save(lease.progress().released(now()), now());
        } catch (Unavailable | LeaseLost _) {
            // Then it waits, or has begun already.
        }
    }

    private void tell(Upload upload, Report report, Invocation invocation) {
        boolean done = report.state() == LoadState.DONE;
        if (done) {
            services.metrics().fileDone();
        } else {
            services.metrics().fileFailed();
        }
        JsonLog.Field[] fields = {
            field("file", upload.object()),
            field("detail", report.detail()),
            field("tokens_queued", report.figures().queued()),
            field("tokens_rejected", report.figures().rejected()),
            field("messages", report.figures().messages())
        };
        if (done) {
            invocation.log().info("A file was loaded.", fields);
        } else {
            invocation.log().warn("A file could not be loaded.", fields);
        }
    }

    private Instant now() {
        return services.clock().instant();
    }
}
