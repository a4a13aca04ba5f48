/** What SQS gives us, and what becomes of each message. */
@NullMarked
package dev.nftrefresh.queue;

import org.jspecify.annotations.NullMarked;
