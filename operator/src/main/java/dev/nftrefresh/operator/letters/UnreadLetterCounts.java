package dev.nftrefresh.operator.letters;

/**
 * What SQS counts in a queue beside the letters that were read.
 *
 * @param visible which SQS did not hand out, or which came since
 * @param hiddenElsewhere which another reader has
 * @param timeIsUp whether reading ended before SQS had no more
 */
record UnreadLetterCounts(long visible, long hiddenElsewhere, boolean timeIsUp) {
    static final UnreadLetterCounts NONE = new UnreadLetterCounts(0, 0, false);

    UnreadLetterCounts plus(UnreadLetterCounts other) {
        return new UnreadLetterCounts(
                visible + other.visible, hiddenElsewhere + other.hiddenElsewhere, timeIsUp || other.timeIsUp);
    }

    /** Whether everything was seen, as far as SQS's approximate figures tell. */
    boolean isNothing() {
        return visible == 0 && hiddenElsewhere == 0 && !timeIsUp;
    }
}
