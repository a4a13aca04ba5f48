/** What is kept in the table, on a real DynamoDB. */
@NullMarked
package dev.nftrefresh.ledger;

import org.jspecify.annotations.NullMarked;
