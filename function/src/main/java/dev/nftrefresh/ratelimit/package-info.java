/** When the next request may go, and when what cannot go now should come back. */
@NullMarked
package dev.nftrefresh.ratelimit;

import org.jspecify.annotations.NullMarked;
