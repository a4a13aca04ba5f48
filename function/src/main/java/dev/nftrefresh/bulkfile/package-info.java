/** Bulk files, read as a stream: what stands in them, element by element, in memory that does not grow with the file. */
@NullMarked
package dev.nftrefresh.bulkfile;

import org.jspecify.annotations.NullMarked;
