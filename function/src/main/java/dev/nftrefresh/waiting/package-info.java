/** Holds updates of partly filled requests until any copy sends a request that can include them. */
@NullMarked
package dev.nftrefresh.waiting;

import org.jspecify.annotations.NullMarked;
