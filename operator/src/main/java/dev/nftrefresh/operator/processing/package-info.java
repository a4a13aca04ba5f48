/** Pausing a deployed stack, and going on. */
@NullMarked
package dev.nftrefresh.operator.processing;

import org.jspecify.annotations.NullMarked;
