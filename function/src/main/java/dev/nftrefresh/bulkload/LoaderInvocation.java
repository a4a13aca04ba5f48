package dev.nftrefresh.bulkload;

import dev.nftrefresh.telemetry.JsonLogger;
import java.time.Instant;

/**
 * The invocation that loads.
 *
 * @param requestId what no other invocation has
 * @param end when it must have ended
 * @param log that names the request id
 */
record LoaderInvocation(String requestId, Instant end, JsonLogger log) {}
