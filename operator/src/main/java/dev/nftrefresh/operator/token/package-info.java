/** What became of a token. */
@NullMarked
package dev.nftrefresh.operator.token;

import org.jspecify.annotations.NullMarked;
