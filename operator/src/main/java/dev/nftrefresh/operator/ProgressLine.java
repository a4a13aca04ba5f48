package dev.nftrefresh.operator;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One line on a terminal that is written anew; nothing where there is no terminal. */
public final class ProgressLine {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintWriter out;
    private final TerminalOutput terminal;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    public ProgressLine(PrintWriter out, TerminalOutput terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Writes the line anew, at most twice a second. */
    public void show(String line) {
        Instant now = clock.instant();
        if (terminal.interactive() && !now.isBefore(next)) {
            out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), terminal.columns() - 1)));
            out.flush();
            next = now.plus(INTERVAL);
        }
    }

    /** Takes the line away. */
    public void clear() {
        if (terminal.interactive()) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
