/** A stand-in for SQS in this JVM: the AWS SDK's client interface over queues in memory, with SQS's own limits. */
@NullMarked
package dev.nftrefresh.local.sqs;

import org.jspecify.annotations.NullMarked;
