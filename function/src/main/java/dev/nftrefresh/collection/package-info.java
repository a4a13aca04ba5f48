/** Records what the API's answers say about a collection as a whole, for all copies of the function. */
@NullMarked
package dev.nftrefresh.collection;

import org.jspecify.annotations.NullMarked;
