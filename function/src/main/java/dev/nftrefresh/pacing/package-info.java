/** When the next request may go, and when what cannot go now should come back. */
@NullMarked
package dev.nftrefresh.pacing;

import org.jspecify.annotations.NullMarked;
