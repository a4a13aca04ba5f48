/** The commands about dead letters, on local queues. */
@NullMarked
package dev.nftrefresh.local.letters;

import org.jspecify.annotations.NullMarked;
