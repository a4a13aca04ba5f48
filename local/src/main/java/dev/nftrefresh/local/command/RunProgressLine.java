package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.RunSummary;
import dev.nftrefresh.local.sqs.QueueDepth;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the progress of {@code run} says. */
final class RunProgressLine {
    private RunProgressLine() {}

    /**
     * The line.
     *
     * @param accepted tokens whose requests were accepted: the figures count them when their messages are settled
     * @param left how long the rest takes; null if that cannot be known
     */
    static ProgressText of(
            RunSummary counts, long accepted, QueueDepth depth, RunStatus standing, @Nullable Duration left) {
        var line = new ProgressText().add(7, String.format(Locale.ROOT, "%.0f s", counts.seconds()));
        if (counts.messagesSent() == 0) {
            return line.add(0, count(depth.total(), "messages queued"));
        }
        // A token counts twice that was accepted twice, as nobody heard of the first time.
        String share =
                String.format(Locale.ROOT, "%,d/%,d", Math.min(accepted, counts.tokensSent()), counts.tokensSent());
        line.add(0, share + " accepted", share);
        if (counts.tokensSuperseded() > 0) {
            line.add(5, count(counts.tokensSuperseded(), "superseded"));
        }
        if (counts.tokensRejected() > 0) {
            line.add(4, count(counts.tokensRejected(), "rejected"));
        }
        if (counts.requests() == 0 && depth.total() > 0 && standing.reason().isEmpty()) {
            return line.add(1, "gathering messages");
        }
        line.add(6, count(counts.requests(), counts.requests() == 1 ? "request" : "requests"));
        return withStanding(line, standing, left);
    }

    /** Adds the quota, the reason why nothing moves and the time left, as far as there are any. */
    static ProgressText withStanding(ProgressText line, RunStatus standing, @Nullable Duration left) {
        if (!standing.isQuotaUsedUp()) {
            line.add(3, standing.quotaText());
        }
        line.add(1, standing.reason(), standing.reasonInShort());
        return left == null ? line : line.add(2, ReadableTimeText.duration(left) + " left");
    }

    private static String count(long number, String of) {
        return String.format(Locale.ROOT, "%,d %s", number, of);
    }
}
