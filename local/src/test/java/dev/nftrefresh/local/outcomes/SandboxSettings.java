package dev.nftrefresh.local.outcomes;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.queue.EventSourceMappingSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a sandbox differs from the usual one.
 *
 * @param standIn how the API limits and answers
 * @param secret what the secret holds
 * @param copies of the function
 * @param batchSize messages in an event at most
 * @param batchingWindow how long an event waits for more messages
 * @param functionTimeout after which an invocation is ended
 * @param requestsPerSecond of all copies together
 * @param around what is put around each copy, to make it fail
 */
record SandboxSettings(
        StandInSettings standIn,
        String secret,
        int copies,
        int batchSize,
        Duration batchingWindow,
        Duration functionTimeout,
        double requestsPerSecond,
        UnaryOperator<RequestStreamHandler> around) {
    /** The only key that the API takes. */
    static final String KEY = "sk_imapik-that-nobody-may-log";

    static final SandboxSettings USUAL = new SandboxSettings(
            StandInSettings.UNLIMITED,
            KEY,
            2,
            EventSourceMappingSettings.MAX_BATCH_SIZE,
            Duration.ofMillis(25),
            Duration.ofSeconds(60),
            1_000,
            UnaryOperator.identity());

    /** One copy without time to wait in: whatever has to wait goes back to the queue, where a test moves the clock. */
    static final SandboxSettings IMPATIENT = USUAL.withCopies(1).withFunctionTimeout(Duration.ofSeconds(5));

    SandboxSettings withStandIn(StandInSettings api) {
        return new SandboxSettings(
                api, secret, copies, batchSize, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withSecret(String text) {
        return new SandboxSettings(
                standIn, text, copies, batchSize, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withCopies(int count) {
        return new SandboxSettings(
                standIn, secret, count, batchSize, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withBatchSize(int messages) {
        return new SandboxSettings(
                standIn, secret, copies, messages, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withBatchingWindow(Duration window) {
        return new SandboxSettings(
                standIn, secret, copies, batchSize, window, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withFunctionTimeout(Duration timeout) {
        return new SandboxSettings(
                standIn, secret, copies, batchSize, batchingWindow, timeout, requestsPerSecond, around);
    }

    SandboxSettings withRequestsPerSecond(double rate) {
        return new SandboxSettings(standIn, secret, copies, batchSize, batchingWindow, functionTimeout, rate, around);
    }

    SandboxSettings withAround(UnaryOperator<RequestStreamHandler> wrapper) {
        return new SandboxSettings(
                standIn, secret, copies, batchSize, batchingWindow, functionTimeout, requestsPerSecond, wrapper);
    }
}
