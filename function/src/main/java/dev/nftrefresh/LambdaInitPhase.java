package dev.nftrefresh;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.telemetry.JsonLogger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes ready side by side, in Lambda's init phase, what the first invocation needs; in that phase a function has the
 * whole CPU. What fails or takes too long never fails the start: the first invocation does it then, as if it had not
 * been tried.
 */
final class LambdaInitPhase {
    /** How long an abandoned step may take to end. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofMillis(200);

    private final InstantSource clock;
    private final Instant start;
    /**
     * Not virtual threads: these load classes, which holds a virtual thread's carrier, and a copy has as few carriers
     * as CPUs.
     */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("init-", 1).factory());

    private final Map<String, Future<?>> steps = new LinkedHashMap<>();

    /** A phase that begins now. */
    LambdaInitPhase(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /**
     * Begins a step beside the others.
     *
     * @param name of what it makes ready, for the log
     */
    void begin(String name, Callable<?> step) {
        steps.put(name, threads.submit(step));
    }

    /**
     * Waits for the steps, and abandons those that take longer.
     *
     * @param timeout how long the phase may take from its begin
     * @param log gets what was not made ready, and why
     */
    void await(Duration timeout, JsonLogger log) {
        Instant end = start.plus(timeout);
        List<String> failures = new ArrayList<>();
        steps.forEach((name, step) -> {
            String failure = failure(step, Duration.between(clock.instant(), end));
            if (failure != null) {
                failures.add(name + ": " + failure);
            }
        });
        threads.shutdownNow();
        if (!failures.isEmpty()) {
            awaitCancelled();
            log.warn(
                    "Not everything could be prepared at the start; the first invocation tries again.",
                    field("failures", failures));
        }
    }

    private static @Nullable String failure(Future<?> step, Duration timeout) {
        try {
            step.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException _) {
            return "took too long";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "%s (%s)".formatted(cause.getMessage(), cause.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    /** Otherwise the first invocation could take the failure of a key's read that was given up for its own. */
    private void awaitCancelled() {
        try {
            boolean _ = threads.awaitTermination(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
