package dev.nftrefresh.operator.letters;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The person at a terminal, if there is one. */
final class Terminal {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final int WIDTH = 80;
    private static final int NARROWEST = 20;

    private final @Nullable Console console;
    private final PrintWriter err;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    private Terminal(@Nullable Console console, PrintWriter err, InstantSource clock) {
        this.console = console;
        this.err = err;
        this.clock = clock;
    }

    /**
     * That of this process.
     *
     * @param err where the progress goes
     */
    static Terminal ofThisProcess(PrintWriter err, InstantSource clock) {
        return new Terminal(terminal(System.console()), err, clock);
    }

    /** Which of the two, no console or one that is no terminal, stands for a pipe differs between JDKs. */
    private static @Nullable Console terminal(@Nullable Console console) {
        return console != null && console.isTerminal() ? console : null;
    }

    boolean isThere() {
        return console != null;
    }

    /** Asks a question; only {@code y} and {@code yes} are a yes. */
    boolean confirms(String question) {
        String answer = console == null ? null : console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** Writes the line anew, at most twice a second. */
    void progress(String line) {
        Instant now = clock.instant();
        if (console != null && !now.isBefore(next)) {
            err.print(CLEAR_LINE + line);
            err.flush();
            next = now.plus(INTERVAL);
        }
    }

    /** Takes the line away. */
    void endProgress() {
        if (console != null) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        next = Instant.MIN;
    }

    /** Columns of a line: those of the variable {@code COLUMNS}, else 80. */
    static int width(Map<String, String> variables) {
        try {
            return Math.max(NARROWEST, Integer.parseInt(variables.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException _) {
            return WIDTH;
        }
    }
}
