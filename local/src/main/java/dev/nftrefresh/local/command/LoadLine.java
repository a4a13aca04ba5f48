package dev.nftrefresh.local.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** What the progress of {@code load} says: first how the file is read, then how its tokens are sent. */
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
    String reading(long position, long size, long read) {
        double perSecond = bytes.perSecond(position);
        return String.format(
                Locale.ROOT,
                "load %s  %,d tokens  %.1f MB/s  %s left",
                bar(position, size),
                read,
                perSecond / MEGABYTE,
                left(size - position, perSecond));
    }

    /** While so many tokens of those that were queued have met their fate. */
    String sending(long settled, long queued) {
        double perSecond = tokens.perSecond(settled);
        return String.format(
                Locale.ROOT,
                "send %s  %,d of %,d tokens  %,.0f/s  %s left",
                bar(settled, queued),
                settled,
                queued,
                perSecond,
                left(queued - settled, perSecond));
    }

    private static String bar(long done, long all) {
        double share = all == 0 ? 0 : Math.clamp((double) done / all, 0, 1);
        int full = (int) (BAR * share);
        return String.format(Locale.ROOT, "[%s%s] %3.0f %%", "#".repeat(full), "-".repeat(BAR - full), 100 * share);
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
