package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.LiveSummary;
import dev.nftrefresh.local.flow.RunSummary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the progress of {@code load} says: first how the file is read, then how its tokens are sent. Where live messages
 * go beside it, how they fare takes the place of the bar: of their updates so many of so many were accepted, and 95 %
 * of these waited no longer than that.
 */
final class LoadProgressLine {
    private static final int BAR = 16;
    private static final double MEGABYTE = 1e6;

    private final GrowthRateMeter bytes;
    private final GrowthRateMeter tokens;

    LoadProgressLine(InstantSource clock) {
        bytes = new GrowthRateMeter(clock);
        tokens = new GrowthRateMeter(clock);
    }

    /** While the file is read, up to this byte, from which so many tokens came. */
    ProgressText reading(long position, long size, long read, @Nullable LiveSummary live) {
        double perSecond = bytes.perSecond(position);
        ProgressText line = begun("load", position, size, live)
                .add(3, String.format(Locale.ROOT, "%,d tokens", read))
                .add(4, String.format(Locale.ROOT, "%.1f MB/s", perSecond / MEGABYTE))
                .add(1, left(perSecond > 0 ? time(size - position, perSecond) : null));
        return line.add(2, beside(live));
    }

    /** While so many of the queued tokens, live ones too, have an outcome. */
    ProgressText sending(
            long through, long queued, double tokensPerRequest, @Nullable LiveSummary live, RunStatus standing) {
        // A token counts twice that was accepted twice, as nobody heard of the first time.
        long settled = Math.min(through, queued);
        double perSecond = tokens.perSecond(settled);
        Duration left = standing.timeLeft(queued - settled, tokensPerRequest, perSecond);
        ProgressText line =
                begun("send", settled, queued, live).add(5, String.format(Locale.ROOT, "%,d of %,d", settled, queued));
        if (live == null) {
            line.add(7, String.format(Locale.ROOT, "%,.0f/s", perSecond));
        }
        if (!standing.isQuotaUsedUp()) {
            line.add(6, standing.quotaText());
        }
        return line.add(2, standing.reason(), standing.reasonInShort())
                .add(3, left == null && !standing.reason().isEmpty() ? "" : left(left))
                .add(4, beside(live));
    }

    /** While live messages continue after the file is done. */
    ProgressText onlyLive(LiveSummary live) {
        return new ProgressText().add(0, "file done").add(0, beside(live));
    }

    private static ProgressText begun(String what, long done, long all, @Nullable LiveSummary live) {
        String percent = what + " " + percent(done, all).strip();
        return live == null
                ? new ProgressText().add(8, what + " " + bar(done, all) + percent(done, all), percent)
                : new ProgressText().add(0, percent);
    }

    private static String beside(@Nullable LiveSummary live) {
        if (live == null) {
            return "";
        }
        String accepted = String.format(Locale.ROOT, "live %,d/%,d", live.accepted(), live.tokensSent());
        return live.waits() == null
                ? accepted
                : accepted
                        + String.format(
                                Locale.ROOT,
                                " p95 %,.1f s",
                                RunSummary.seconds(live.waits().p95()));
    }

    private static String bar(long done, long all) {
        int full = (int) (BAR * share(done, all));
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    private static String percent(long done, long all) {
        return String.format(Locale.ROOT, " %3.0f %%", 100 * share(done, all));
    }

    private static double share(long done, long all) {
        return all == 0 ? 0 : Math.clamp((double) done / all, 0, 1);
    }

    private static Duration time(long rest, double perSecond) {
        return Duration.ofMillis((long) (1_000 * Math.max(0, rest) / perSecond));
    }

    private static String left(@Nullable Duration time) {
        return (time == null ? "?" : ReadableTimeText.duration(time)) + " left";
    }
}
