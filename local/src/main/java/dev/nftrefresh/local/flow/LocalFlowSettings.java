package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.api.StandInSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a local run is set to.
 *
 * @param api where requests go; null is a stand-in of the run's own
 * @param apiKey what the secret holds, and the only key that a stand-in of the run takes
 * @param standIn how the stand-in limits and answers
 * @param concurrency copies of the function
 * @param batchSize messages in an event at most
 * @param batchingWindow how long an event waits for more
 * @param maxRequestsPerSecond of all copies together
 */
public record LocalFlowSettings(
        @Nullable URI api,
        String apiKey,
        StandInSettings standIn,
        int concurrency,
        int batchSize,
        Duration batchingWindow,
        double maxRequestsPerSecond) {
    public static final int CONCURRENCY = 2;
    public static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);
    public static final double MAX_REQUESTS_PER_SECOND = 50;

    static final Duration LOADER_TIMEOUT = Duration.ofMinutes(15);
    static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(1);

    /** A message that an invocation returned by failing is delivered again soon after the function's timeout. */
    Duration queueVisibilityTimeout() {
        return FUNCTION_TIMEOUT.plus(batchingWindow).plusSeconds(30);
    }
}
