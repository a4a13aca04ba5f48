/** Tests of what holds for any input: inputs by chance from a seed, and of those that fail the smallest. */
@NullMarked
package dev.nftrefresh.seeded;

import org.jspecify.annotations.NullMarked;
