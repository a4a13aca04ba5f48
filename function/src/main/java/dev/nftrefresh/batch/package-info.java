/** Packs tokens into conforming requests. */
@NullMarked
package dev.nftrefresh.batch;

import org.jspecify.annotations.NullMarked;
