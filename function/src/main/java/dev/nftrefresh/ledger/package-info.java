/** Records which update of each token is the newest one that Immutable knows. */
@NullMarked
package dev.nftrefresh.ledger;

import org.jspecify.annotations.NullMarked;
