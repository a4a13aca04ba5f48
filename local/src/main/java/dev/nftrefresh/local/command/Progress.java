package dev.nftrefresh.local.command;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** One line on the terminal, written anew twice a second; nothing where there is no terminal. */
final class Progress implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final Supplier<String> line;
    private final PrintWriter out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable Thread writer;

    private Progress(Supplier<String> line, PrintWriter out, boolean terminal) {
        this.line = line;
        this.out = out;
        writer = terminal ? Thread.ofPlatform().daemon().name("progress").start(this::write) : null;
    }

    /**
     * Shows the line until {@link #close()}.
     *
     * @param line what there is to say now; it has to fit a terminal of 80 columns, as one that wraps cannot be written anew
     */
    static Progress of(Supplier<String> line, PrintWriter out) {
        return new Progress(line, out, isTerminal(System.console()));
    }

    /** Shows nothing. */
    static Progress none() {
        return new Progress(() -> "", new PrintWriter(Writer.nullWriter()), false);
    }

    /** Which of the two, no console or one that is no terminal, stands for a pipe differs between JDKs. */
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private void write() {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                out.print(CLEAR_LINE + line.get());
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SdkException _) {
            // The queue is closing, so the run is over, and its figures say more than this line.
        }
        out.print(CLEAR_LINE);
        out.flush();
    }

    @Override
    public void close() {
        ended.countDown();
        if (writer != null) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
