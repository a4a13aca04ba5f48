/** Takes a bulk file from the bucket to the queue: its tokens become messages, and a report says what became of them. */
@NullMarked
package dev.nftrefresh.bulkload;

import org.jspecify.annotations.NullMarked;
