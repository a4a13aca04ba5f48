/** A stand-in for Lambda's event source mapping: takes messages from a queue and invokes copies of a function. */
@NullMarked
package dev.nftrefresh.local.queue;

import org.jspecify.annotations.NullMarked;
