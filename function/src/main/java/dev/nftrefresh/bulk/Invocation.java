package dev.nftrefresh.bulk;

import dev.nftrefresh.telemetry.JsonLog;
import java.time.Instant;

/**
 * The invocation that loads.
 *
 * @param requestId what no other invocation has
 * @param end when it must have ended
 * @param log that names the request id
 */
record Invocation(String requestId, Instant end, JsonLog log) {}
