package dev.nftrefresh.local.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted of a token last.
 *
 * @param at when
 * @param version of that update, null if it did not say
 * @param newestVersion of all that were accepted
 */
public record LastAcceptedUpdate(
        Instant at, @Nullable Long version, @Nullable Long newestVersion) {}
