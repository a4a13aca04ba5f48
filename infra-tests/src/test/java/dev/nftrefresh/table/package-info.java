/** What is kept in the table, on a real DynamoDB. */
@NullMarked
package dev.nftrefresh.table;

import org.jspecify.annotations.NullMarked;
