/** Conforming requests out of tokens. */
@NullMarked
package dev.nftrefresh.batch;

import org.jspecify.annotations.NullMarked;
