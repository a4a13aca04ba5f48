/** The command line. */
@NullMarked
package dev.nftrefresh.local.command;

import org.jspecify.annotations.NullMarked;
