package dev.nftrefresh.local.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One line on the terminal, rewritten twice a second, and sentences above it; without a terminal only the sentences.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String CLEAR_LINE = "\r\u001B[K";
    /**
     * The terminal may have become narrower than the line: then its end is not shown, rather than on a line of its own.
     */
    private static final String NO_WRAPPING = "\u001B[?7l";

    private static final String WRAPPING = "\u001B[?7h";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread writer;
    private boolean shown;

    /**
     * Shows nothing yet.
     *
     * @param terminal whether {@code out} is one; if not, there is no line
     */
    ProgressDisplay(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Asks for the line, and shows it, until {@link #close()}. */
    void show(Supplier<String> line) {
        writer = Thread.ofPlatform().daemon().name("progress").start(() -> write(line));
    }

    /** Prints a sentence on stderr. */
    synchronized void say(String sentence) {
        clear();
        err.println(sentence);
        err.flush();
    }

    private synchronized void draw(String line) {
        if (terminal) {
            out.print(CLEAR_LINE + NO_WRAPPING + line + WRAPPING);
            out.flush();
            shown = true;
        }
    }

    private void clear() {
        if (shown) {
            out.print(CLEAR_LINE);
            out.flush();
            shown = false;
        }
    }

    private void write(Supplier<String> line) {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                draw(line.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SdkException _) {
            // The queue is closing, so the run is over, and its figures say more than this line.
        }
    }

    @Override
    public void close() {
        ended.countDown();
        Thread started = writer;
        if (started != null) {
            try {
                started.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this) {
            clear();
        }
    }
}
