/** What the commands on a deployed stack have in common: finding the stack, calling AWS, and saying what went wrong. */
@NullMarked
package dev.nftrefresh.operator;

import org.jspecify.annotations.NullMarked;
