/** What the tests of several packages share. */
@NullMarked
package dev.nftrefresh.local;

import org.jspecify.annotations.NullMarked;
