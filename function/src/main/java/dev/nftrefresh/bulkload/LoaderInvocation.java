package dev.nftrefresh.bulkload;

import dev.nftrefresh.telemetry.JsonLogger;
import java.time.Instant;

/**
 * An invocation of the loader.
 *
 * @param requestId unique among invocations
 * @param end when it must have ended
 * @param log that names the request id
 */
record LoaderInvocation(String requestId, Instant end, JsonLogger log) {}
