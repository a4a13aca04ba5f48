package dev.nftrefresh.local.api;

import org.jspecify.annotations.Nullable;

/**
 * A token of a request that conforms.
 *
 * @param tokenId as it was written
 * @param version what its field {@code version} says; null if it has none that is an integer. Immutable knows no such
 *     field: who measures puts it in
 */
public record ReceivedToken(String tokenId, @Nullable Long version) {}
