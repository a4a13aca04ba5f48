/** Reads times from text. */
@NullMarked
package dev.nftrefresh.time;

import org.jspecify.annotations.NullMarked;
