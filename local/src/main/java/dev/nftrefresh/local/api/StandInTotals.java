package dev.nftrefresh.local.api;

/**
 * What the stand-in did so far.
 *
 * @param requests that came to the endpoint, whatever became of them
 * @param accepted requests that were taken
 * @param tokensAccepted tokens in them, a token counted as often as it came
 * @param throttled requests that the quota held off
 * @param nonconforming requests that are not what the OpenAPI asks for
 * @param unauthorised requests with a wrong key or none
 * @param faults requests that something went wrong with because a test asked for it
 * @param largestRequestTokens of the requests that conformed
 * @param largestRequestBytes of the requests that conformed
 * @param staleOverwrites updates accepted after a newer one of the same token, by the field {@code version}
 */
public record StandInTotals(
        long requests,
        long accepted,
        long tokensAccepted,
        long throttled,
        long nonconforming,
        long unauthorised,
        long faults,
        long largestRequestTokens,
        long largestRequestBytes,
        long staleOverwrites) {}
