/** What is kept in the table, on a real DynamoDB. */
@NullMarked
package dev.nftrefresh.pacing;

import org.jspecify.annotations.NullMarked;
