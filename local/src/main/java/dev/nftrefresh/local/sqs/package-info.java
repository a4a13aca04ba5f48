/** A stand-in for SQS in this JVM: what the AWS SDK's client calls, with SQS's own limits. */
@NullMarked
package dev.nftrefresh.local.sqs;

import org.jspecify.annotations.NullMarked;
