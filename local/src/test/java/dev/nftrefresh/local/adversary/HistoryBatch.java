package dev.nftrefresh.local.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs many histories, as many at once as there are processors, and keeps the seeds of those in which something is
 * wrong.
 */
final class HistoryBatch {
    /** A run of hours says so often how far it is. */
    private static final long PROGRESS = 10_000;

    private final long base;
    private final int count;
    private final int mostFailing;
    private final AtomicLong next = new AtomicLong();
    private final LongAdder virtualSeconds = new LongAdder();
    private final LongAdder undoneApart = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder invocations = new LongAdder();
    private final List<FailingHistory> failing = new ArrayList<>();
    private final long begin = System.nanoTime();

    /**
     * Histories that were not run yet.
     *
     * @param base what their seeds come from; that of the first is this one
     * @param mostFailing ends when so many have failed
     */
    HistoryBatch(long base, int count, int mostFailing) {
        this.base = base;
        this.count = count;
        this.mostFailing = mostFailing;
    }

    /** A history in which something is wrong. */
    record FailingHistory(long seed, List<HistoryFindings.HistoryFinding> findings) {}

    /** Runs them, and prints the seeds of those that fail as it goes. */
    List<FailingHistory> run(PrintStream out) {
        List<FutureTask<Void>> runs = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var run = new FutureTask<Void>(() -> runSome(out), null);
            Thread.ofPlatform().start(run);
            runs.add(run);
        }
        try {
            for (FutureTask<Void> run : runs) {
                run.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The histories did not all run.", e);
        }
        print(Math.min(next.get(), count), out);
        return failing;
    }

    private synchronized void print(long histories, PrintStream out) {
        out.printf(
                "%,d histories, %,d failing, %,d tokens undone unheard and late: %,d hours of virtual time, %,d invocations, %,d requests, in %,d s%n",
                histories,
                failing.size(),
                undoneApart.sum(),
                virtualSeconds.sum() / 3_600,
                invocations.sum(),
                requests.sum(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    private void runSome(PrintStream out) {
        for (long n = next.getAndIncrement(); n < count && !hasEnough(); n = next.getAndIncrement()) {
            if (n > 0 && n % PROGRESS == 0) {
                print(n, out);
            }
            long seed = SeededProperty.seed(base, n);
            List<HistoryFindings.HistoryFinding> findings = new ArrayList<>();
            SeededProperty.of("a history")
                    .maximumShrinkTime(Duration.ZERO)
                    .failure(
                            seed,
                            choices -> findings.addAll(
                                    outcome(HistoryPlan.drawn(choices)).findings()))
                    .ifPresent(failure -> findings.add(new HistoryFindings.HistoryFinding(
                            HistoryFindings.JudgementKind.GETS_THROUGH, "It ended with " + firstCause(failure) + ".")));
            if (!findings.isEmpty()) {
                found(new FailingHistory(seed, findings), out);
            }
        }
    }

    private static Throwable firstCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private HistoryRun.HistoryOutcome outcome(HistoryPlan plan) {
        HistoryRun.HistoryOutcome outcome = HistoryRun.of(plan, null);
        virtualSeconds.add(outcome.lasted().toSeconds());
        undoneApart.add(outcome.undoneApart());
        requests.add(outcome.requests());
        invocations.add(outcome.invocations());
        return outcome;
    }

    private synchronized boolean hasEnough() {
        return failing.size() >= mostFailing;
    }

    private synchronized void found(FailingHistory one, PrintStream out) {
        failing.add(one);
        out.println("seed " + one.seed());
        one.findings().stream().limit(5).forEach(finding -> out.println("  " + finding));
    }

    /**
     * Looks for the smallest history that fails in the same way as the one with this seed.
     *
     * @param trace records what happened in it
     */
    static AssertionError smallest(long seed, Duration longest, PrintStream trace) {
        var last = new ByteArrayOutputStream();
        SeededProperty.PropertyCheck check = choices -> {
            HistoryPlan plan = HistoryPlan.drawn(choices);
            last.reset();
            try (var out = new PrintStream(last, false, StandardCharsets.UTF_8)) {
                assertThat(HistoryRun.of(plan, out).findings()).isEmpty();
            }
        };
        AssertionError failure = SeededProperty.of("no history loses, undoes, starves or burns")
                .maximumShrinkTime(longest)
                .failure(seed, check)
                .orElseGet(() -> new AssertionError("The history with seed " + seed + " does not fail."));
        trace.print(last.toString(StandardCharsets.UTF_8));
        return failure;
    }
}
