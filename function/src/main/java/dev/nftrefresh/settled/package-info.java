/** Which tokens of bulk files are settled, and how: what a file's report counts. */
@NullMarked
package dev.nftrefresh.settled;

import org.jspecify.annotations.NullMarked;
