/** Times as texts. */
@NullMarked
package dev.nftrefresh.time;

import org.jspecify.annotations.NullMarked;
