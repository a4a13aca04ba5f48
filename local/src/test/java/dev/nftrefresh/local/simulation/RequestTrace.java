package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each request, to look into: seconds of virtual time, copy, tokens, status (0 is no answer, applied
 * or not) and what the limit had left (-1 where it was not asked). Off unless the system property names a file.
 */
final class RequestTrace implements AutoCloseable {
    private static final String FILE = "nft-refresh.trace";

    private final PrintWriter out;

    private RequestTrace(Writer out) {
        this.out = new PrintWriter(out);
    }

    /** Goes on behind what earlier runs wrote. */
    static RequestTrace of(String run) {
        @Nullable String file = System.getProperty(FILE);
        if (file == null) {
            return new RequestTrace(Writer.nullWriter());
        }
        try {
            var trace = new RequestTrace(
                    Files.newBufferedWriter(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            trace.out.println("# " + run);
            return trace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void request(Instant now, String copy, int tokens, int status, long remaining) {
        double seconds = Duration.between(VirtualTime.START, now).toMillis() / 1_000.0;
        out.printf(Locale.ROOT, "%.3f %s %d %d %d%n", seconds, copy, tokens, status, remaining);
    }

    @Override
    public void close() {
        out.close();
    }
}
