package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.LiveFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the progress of {@code load} says: first how the file is read, then how its tokens are sent. Where live messages go
 * beside it, how they fare takes the place of the bar: of their updates so many of so many were accepted, and 95 % of these
 * waited no longer than that.
 */
final class LoadLine {
    private static final int BAR = 16;
    private static final double MEGABYTE = 1e6;

    private final Rate bytes;
    private final Rate tokens;

    LoadLine(InstantSource clock) {
        bytes = new Rate(clock);
        tokens = new Rate(clock);
    }

    /** While the file is read, up to this byte, from which so many tokens came. */
    String reading(long position, long size, long read, @Nullable LiveFigures live) {
        double perSecond = bytes.perSecond(position);
        return String.format(
                Locale.ROOT,
                "load %s  %,d tokens  %.1f MB/s  %s left%s",
                done(position, size, live),
                read,
                perSecond / MEGABYTE,
                left(size - position, perSecond),
                beside(live));
    }

    /** While so many tokens of those that were queued, live ones too, have met their fate. */
    String sending(long through, long queued, @Nullable LiveFigures live) {
        // A token counts twice that was accepted twice, as nobody heard of the first time.
        long settled = Math.min(through, queued);
        double perSecond = tokens.perSecond(settled);
        return String.format(
                Locale.ROOT,
                "send %s  %,d of %,d%s  %s left%s",
                done(settled, queued, live),
                settled,
                queued,
                live == null ? String.format(Locale.ROOT, " tokens  %,.0f/s", perSecond) : "",
                left(queued - settled, perSecond),
                beside(live));
    }

    /** While live messages go on after the file is through. */
    String onlyLive(LiveFigures live) {
        return "file done" + beside(live);
    }

    private static String beside(@Nullable LiveFigures live) {
        if (live == null) {
            return "";
        }
        String accepted = String.format(Locale.ROOT, "  live %,d/%,d", live.accepted(), live.tokensSent());
        return live.waits() == null
                ? accepted
                : accepted
                        + String.format(
                                Locale.ROOT,
                                " p95 %,.1f s",
                                Figures.seconds(live.waits().p95()));
    }

    private static String done(long done, long all, @Nullable LiveFigures live) {
        return live == null
                ? bar(done, all) + percent(done, all)
                : percent(done, all).strip();
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

    private static String left(long rest, double perSecond) {
        if (perSecond <= 0) {
            return "?";
        }
        var time = Duration.ofMillis((long) (1_000 * Math.max(0, rest) / perSecond));
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
