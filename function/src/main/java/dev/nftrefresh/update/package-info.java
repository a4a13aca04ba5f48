/** What a producer sends, read and checked. */
@NullMarked
package dev.nftrefresh.update;

import org.jspecify.annotations.NullMarked;
