package dev.nftrefresh.local.flow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run did so far.
 *
 * @param receives deliveries of a message, not calls
 * @param requestsNonconforming that the stand-in refused by the OpenAPI; 0 when there is no stand-in
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
        double seconds) {
    /** By the names that the summary file has. */
    public Map<String, Number> byName() {
        Map<String, Number> figures = new LinkedHashMap<>();
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
        figures.put("seconds", seconds);
        return figures;
    }
}
