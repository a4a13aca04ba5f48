/** Records which tokens of bulk files are settled, and how, for the files' reports. */
@NullMarked
package dev.nftrefresh.settled;

import org.jspecify.annotations.NullMarked;
