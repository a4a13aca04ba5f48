/** Handles one event: read, coalesce, pack, ask the rate limiter, claim, send, settle. */
@NullMarked
package dev.nftrefresh.dispatch;

import org.jspecify.annotations.NullMarked;
