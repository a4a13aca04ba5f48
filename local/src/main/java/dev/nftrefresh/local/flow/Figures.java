package dev.nftrefresh.local.flow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did so far.
 *
 * @param receives deliveries of a message, not calls
 * @param staleOverwrites updates that the stand-in accepted after a newer one of the same token, by a field
 *     {@code version} that whoever measures puts into each token; 0 when there is no stand-in
 * @param tokensPerRequest of the requests that were accepted; 0 when none was
 * @param receivesPerMessage of the messages that were queued; 0 when none was
 * @param requestsNonconforming that the stand-in refused by the OpenAPI; 0 when there is no stand-in
 * @param live of the live messages beside a load, which are in the other figures too; null when there are none
 */
public record Figures(
        long messagesSent,
        long tokensSent,
        long tokensAccepted,
        long tokensSuperseded,
        long tokensRejected,
        long messagesDeadLettered,
        long receives,
        long requests,
        long requestsThrottled,
        long requestsFailed,
        long requestsNonconforming,
        long largestRequestTokens,
        long largestRequestBytes,
        long largestTokenBytes,
        long staleOverwrites,
        double tokensPerRequest,
        double receivesPerMessage,
        @Nullable LiveFigures live,
        double seconds) {
    /** By the names that the summary file has; null is a figure of nothing. */
    public Map<String, @Nullable Number> byName() {
        Map<String, @Nullable Number> figures = new LinkedHashMap<>();
        figures.put("messages_sent", messagesSent);
        figures.put("tokens_sent", tokensSent);
        figures.put("tokens_accepted", tokensAccepted);
        figures.put("tokens_superseded", tokensSuperseded);
        figures.put("tokens_rejected", tokensRejected);
        figures.put("messages_dead_lettered", messagesDeadLettered);
        figures.put("receives", receives);
        figures.put("requests", requests);
        figures.put("requests_throttled", requestsThrottled);
        figures.put("requests_failed", requestsFailed);
        figures.put("requests_nonconforming", requestsNonconforming);
        figures.put("largest_request_tokens", largestRequestTokens);
        figures.put("largest_request_bytes", largestRequestBytes);
        figures.put("largest_token_bytes", largestTokenBytes);
        figures.put("stale_overwrites", staleOverwrites);
        figures.put("tokens_per_request", tokensPerRequest);
        figures.put("receives_per_message", receivesPerMessage);
        if (live != null) {
            WaitFigures waits = live.waits();
            figures.put("live_messages_sent", live.messagesSent());
            figures.put("live_tokens_sent", live.tokensSent());
            figures.put("live_tokens_waited", live.accepted());
            figures.put("live_wait_seconds_p50", waits == null ? null : seconds(waits.p50()));
            figures.put("live_wait_seconds_p95", waits == null ? null : seconds(waits.p95()));
            figures.put("live_wait_seconds_max", waits == null ? null : seconds(waits.max()));
        }
        figures.put("seconds", seconds);
        return figures;
    }

    /** As the figures have it, exact to a millisecond. */
    public static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
