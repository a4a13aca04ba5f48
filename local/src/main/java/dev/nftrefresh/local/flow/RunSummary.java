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
public record RunSummary(
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
        @Nullable LiveSummary live,
        double seconds) {
    /** By the names that the summary file has; null is a figure of nothing. */
    public Map<String, @Nullable Number> byName() {
        Map<String, @Nullable Number> counts = new LinkedHashMap<>();
        counts.put("messages_sent", messagesSent);
        counts.put("tokens_sent", tokensSent);
        counts.put("tokens_accepted", tokensAccepted);
        counts.put("tokens_superseded", tokensSuperseded);
        counts.put("tokens_rejected", tokensRejected);
        counts.put("messages_dead_lettered", messagesDeadLettered);
        counts.put("receives", receives);
        counts.put("requests", requests);
        counts.put("requests_throttled", requestsThrottled);
        counts.put("requests_failed", requestsFailed);
        counts.put("requests_nonconforming", requestsNonconforming);
        counts.put("largest_request_tokens", largestRequestTokens);
        counts.put("largest_request_bytes", largestRequestBytes);
        counts.put("largest_token_bytes", largestTokenBytes);
        counts.put("stale_overwrites", staleOverwrites);
        counts.put("tokens_per_request", tokensPerRequest);
        counts.put("receives_per_message", receivesPerMessage);
        if (live != null) {
            WaitStatistics waits = live.waits();
            counts.put("live_messages_sent", live.messagesSent());
            counts.put("live_tokens_sent", live.tokensSent());
            counts.put("live_tokens_waited", live.accepted());
            counts.put("live_wait_seconds_p50", waits == null ? null : seconds(waits.p50()));
            counts.put("live_wait_seconds_p95", waits == null ? null : seconds(waits.p95()));
            counts.put("live_wait_seconds_max", waits == null ? null : seconds(waits.max()));
        }
        counts.put("seconds", seconds);
        return counts;
    }

    /** As the figures have it, exact to a millisecond. */
    public static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
