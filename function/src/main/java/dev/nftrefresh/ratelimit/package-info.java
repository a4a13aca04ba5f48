/** Decides when the next request may be sent, and when messages that cannot be sent now should return. */
@NullMarked
package dev.nftrefresh.ratelimit;

import org.jspecify.annotations.NullMarked;
