/** The dead letters of a deployed stack: reads them without removing them, and sends them back. */
@NullMarked
package dev.nftrefresh.operator.letters;

import org.jspecify.annotations.NullMarked;
