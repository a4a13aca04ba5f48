/** The commands about dead letters, on the queues of this machine. */
@NullMarked
package dev.nftrefresh.local.letters;

import org.jspecify.annotations.NullMarked;
