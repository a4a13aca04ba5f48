/** One call of Immutable's refresh endpoint, and what came of it. */
@NullMarked
package dev.nftrefresh.api;

import org.jspecify.annotations.NullMarked;
