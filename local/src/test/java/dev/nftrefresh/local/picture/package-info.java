/** Pictures of figures, as SVG for documents. */
@NullMarked
package dev.nftrefresh.local.picture;

import org.jspecify.annotations.NullMarked;
