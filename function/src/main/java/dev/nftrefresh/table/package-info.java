/** The table that all copies of the function share: items by key, each replaced only by who has seen its newest revision. */
@NullMarked
package dev.nftrefresh.table;

import org.jspecify.annotations.NullMarked;
