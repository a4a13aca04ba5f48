/** Calls Immutable's refresh endpoint, and interprets its answers. */
@NullMarked
package dev.nftrefresh.api;

import org.jspecify.annotations.NullMarked;
