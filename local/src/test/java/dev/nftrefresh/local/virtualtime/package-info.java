/** Time that jumps to whatever comes next, and what runs in it: for models of the whole flow. */
@NullMarked
package dev.nftrefresh.local.virtualtime;

import org.jspecify.annotations.NullMarked;
