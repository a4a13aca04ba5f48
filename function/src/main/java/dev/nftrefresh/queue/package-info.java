/** Reads the messages that SQS delivers, and settles each of them. */
@NullMarked
package dev.nftrefresh.queue;

import org.jspecify.annotations.NullMarked;
