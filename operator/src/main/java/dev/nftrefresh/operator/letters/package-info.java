/** The dead letters of a deployed stack: reading them without taking them away, and sending them back. */
@NullMarked
package dev.nftrefresh.operator.letters;

import org.jspecify.annotations.NullMarked;
