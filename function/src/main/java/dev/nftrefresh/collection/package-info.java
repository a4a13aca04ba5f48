/** What the API's answers say of a collection as a whole, kept for all copies of the function. */
@NullMarked
package dev.nftrefresh.collection;

import org.jspecify.annotations.NullMarked;
