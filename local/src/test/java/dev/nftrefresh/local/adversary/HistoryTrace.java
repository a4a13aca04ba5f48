package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A line for each thing that happened, to be read by somebody who asks why; nothing unless it is asked for. */
final class HistoryTrace {
    private final VirtualTime time;
    private final @Nullable PrintStream out;

    HistoryTrace(VirtualTime time, @Nullable PrintStream out) {
        this.time = time;
        this.out = out;
    }

    void line(String who, Supplier<String> what) {
        if (out != null) {
            Duration at = Duration.between(VirtualTime.START, time.now());
            out.printf(
                    "%4d d %02d:%02d:%02d.%03d  %-16s %s%n",
                    at.toDays(),
                    at.toHoursPart(),
                    at.toMinutesPart(),
                    at.toSecondsPart(),
                    at.toMillisPart(),
                    who,
                    what.get());
        }
    }
}
