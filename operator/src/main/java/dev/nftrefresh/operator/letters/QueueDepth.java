package dev.nftrefresh.operator.letters;

import java.time.Instant;

/**
 * How many messages SQS counts in a queue. It calls these figures approximate; they may lag a minute behind.
 *
 * @param visible that can be received
 * @param hidden that somebody has received
 * @param at when SQS answered, by its own clock where it told the time, with the seconds' fraction cut off
 */
record QueueDepth(long visible, long hidden, Instant at) {}
