/** Where tokens of partly filled requests wait for the next request with room, whichever copy sends it. */
@NullMarked
package dev.nftrefresh.waiting;

import org.jspecify.annotations.NullMarked;
