/** What is kept in the table, on a real DynamoDB. */
@NullMarked
package dev.nftrefresh.ratelimit;

import org.jspecify.annotations.NullMarked;
