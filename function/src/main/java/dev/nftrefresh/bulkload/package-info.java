/** Loads bulk files from the bucket into the queue as messages, and writes a report on the outcome of their tokens. */
@NullMarked
package dev.nftrefresh.bulkload;

import org.jspecify.annotations.NullMarked;
