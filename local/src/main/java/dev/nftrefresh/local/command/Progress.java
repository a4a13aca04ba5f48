package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.sqs.QueueDepth;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** One line on the terminal, written anew twice a second; nothing where there is no terminal. */
final class Progress implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final LocalFlow flow;
    private final PrintWriter out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable Thread writer;

    private Progress(LocalFlow flow, PrintWriter out, boolean terminal) {
        this.flow = flow;
        this.out = out;
        writer = terminal ? Thread.ofPlatform().daemon().name("progress").start(this::write) : null;
    }

    static Progress of(LocalFlow flow, PrintWriter out) {
        return new Progress(flow, out, isTerminal(System.console()));
    }

    /** Which of the two, no console or one that is no terminal, stands for a pipe differs between JDKs. */
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private void write() {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                out.print(CLEAR_LINE + line(flow.figures(), flow.depth()));
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

    /** Fits a terminal of 80 columns, as a line that wraps cannot be written anew. */
    private static String line(Figures figures, QueueDepth depth) {
        if (figures.messagesSent() == 0) {
            return String.format(Locale.ROOT, "%.0f s  %,d messages queued", figures.seconds(), depth.total());
        }
        return String.format(
                Locale.ROOT,
                "%.0f s  %,d/%,d accepted  %,d superseded  %,d rejected  %,d requests  %,d left",
                figures.seconds(),
                figures.tokensAccepted(),
                figures.tokensSent(),
                figures.tokensSuperseded(),
                figures.tokensRejected(),
                figures.requests(),
                depth.total());
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
