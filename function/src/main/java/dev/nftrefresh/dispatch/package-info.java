/** One event on its way: read, coalesce, pack, gate, claim, send, settle. */
@NullMarked
package dev.nftrefresh.dispatch;

import org.jspecify.annotations.NullMarked;
