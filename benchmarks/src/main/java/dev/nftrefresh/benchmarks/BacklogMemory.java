package dev.nftrefresh.benchmarks;

import java.io.IOException;
import java.lang.ref.Reference;

/**
 * What one copy of the function keeps after each part of a long backlog: its heap after a collection. It grows until the
 * ledger is full and no further.
 */
public final class BacklogMemory {
    private static final int TOKENS_AN_EVENT = 5_000;

    private BacklogMemory() {}

    /** Prints a line for each 50,000 tokens; the first argument is how many tokens in all, else 500,000. */
    public static void main(String[] args) throws IOException {
        int tokens = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        var handler = new BenchmarkedHandler(100_000);
        System.out.printf("%10s %16s%n", "tokens", "heap kept, MB");
        try {
            for (int done = TOKENS_AN_EVENT; done <= tokens; done += TOKENS_AN_EVENT) {
                int first = done - TOKENS_AN_EVENT;
                handler.handle(
                        BenchmarkMessages.event(BenchmarkMessages.bodies(first, TOKENS_AN_EVENT, 1)), "pass-" + first);
                if (done % 50_000 == 0) {
                    System.out.printf("%,10d %16.1f%n", done, keptMegabytes());
                }
            }
        } finally {
            // The handler must live until here, else the collector takes what is measured.
            Reference.reachabilityFence(handler);
        }
    }

    private static double keptMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }
}
