/** The outcome of each token, end to end: the function itself between an embedded queue and a stand-in for the API. */
@NullMarked
package dev.nftrefresh.local.outcomes;

import org.jspecify.annotations.NullMarked;
