/** Reads bulk files as a stream, element by element, in memory that does not grow with the file. */
@NullMarked
package dev.nftrefresh.bulkfile;

import org.jspecify.annotations.NullMarked;
