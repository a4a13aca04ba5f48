package dev.nftrefresh.local.adversary;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What holds in every history. {@code -Dnft-refresh.histories=N} says how many are run, {@code -Dnft-refresh.seed=N} what
 * they come from; a single one is made smaller if it fails, and {@code -Dnft-refresh.trace=FILE} tells what happens in it.
 */
class AdversaryTest {
    private static final int HISTORIES = 2_000;
    /** The same in each build, so that a build fails because of what was changed. */
    private static final long SEED = 1;

    private static final int MOST_FAILING = 20;
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(1);

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void noHistoryLosesUndoesStarvesOrBurns() throws IOException {
        int count = Integer.getInteger("nft-refresh.histories", HISTORIES);
        long seed = Long.getLong("nft-refresh.seed", SEED);
        var histories = new HistoryBatch(seed, count, count > HISTORIES ? Integer.MAX_VALUE : MOST_FAILING);

        List<HistoryBatch.FailingHistory> failing = histories.run(System.out);

        if (!failing.isEmpty()) {
            try (PrintStream trace = trace(System.getProperty("nft-refresh.trace"))) {
                throw HistoryBatch.smallest(failing.getFirst().seed(), LONGEST_SEARCH, trace);
            }
        }
    }

    private static PrintStream trace(@Nullable String file) throws IOException {
        return file == null
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : new PrintStream(Files.newOutputStream(Path.of(file)), false, StandardCharsets.UTF_8);
    }
}
