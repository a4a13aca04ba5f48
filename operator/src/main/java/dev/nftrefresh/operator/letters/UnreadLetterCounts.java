package dev.nftrefresh.operator.letters;

/**
 * What SQS counts in a queue beside the letters that were read.
 *
 * @param visible letters that SQS did not deliver, or that arrived since
 * @param hiddenElsewhere which another reader has
 * @param timeIsUp whether reading ended before SQS had no more
 */
record UnreadLetterCounts(long visible, long hiddenElsewhere, boolean timeIsUp) {
    static final UnreadLetterCounts NONE = new UnreadLetterCounts(0, 0, false);

    UnreadLetterCounts plus(UnreadLetterCounts other) {
        return new UnreadLetterCounts(
                visible + other.visible, hiddenElsewhere + other.hiddenElsewhere, timeIsUp || other.timeIsUp);
    }

    /** Whether everything was read, as far as SQS's approximate figures show. */
    boolean isNothing() {
        return visible == 0 && hiddenElsewhere == 0 && !timeIsUp;
    }
}
