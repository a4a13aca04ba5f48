package dev.nftrefresh.local.fates;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a sandbox differs from the usual one.
 *
 * @param standIn how the API limits and answers
 * @param secret what the secret holds
 * @param copies of the function
 * @param batchingWindow how long an event waits for more messages
 * @param functionTimeout after which an invocation is ended; with 5 s no wait but the shortest fits into it
 * @param requestsPerSecond of all copies together
 * @param around what is put around each copy, to make it fail
 */
record SandboxSettings(
        StandInSettings standIn,
        String secret,
        int copies,
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
            Duration.ofMillis(50),
            Duration.ofSeconds(60),
            1_000,
            UnaryOperator.identity());

    /** Too short for waiting inside: whatever has to wait goes back to the queue, where a test moves the clock. */
    static final Duration NO_TIME_TO_WAIT = Duration.ofSeconds(5);

    SandboxSettings withStandIn(StandInSettings api) {
        return new SandboxSettings(api, secret, copies, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withSecret(String text) {
        return new SandboxSettings(standIn, text, copies, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withCopies(int count) {
        return new SandboxSettings(standIn, secret, count, batchingWindow, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withBatchingWindow(Duration window) {
        return new SandboxSettings(standIn, secret, copies, window, functionTimeout, requestsPerSecond, around);
    }

    SandboxSettings withFunctionTimeout(Duration timeout) {
        return new SandboxSettings(standIn, secret, copies, batchingWindow, timeout, requestsPerSecond, around);
    }

    SandboxSettings withRequestsPerSecond(double rate) {
        return new SandboxSettings(standIn, secret, copies, batchingWindow, functionTimeout, rate, around);
    }

    SandboxSettings withAround(UnaryOperator<RequestStreamHandler> wrapper) {
        return new SandboxSettings(
                standIn, secret, copies, batchingWindow, functionTimeout, requestsPerSecond, wrapper);
    }
}
