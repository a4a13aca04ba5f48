package dev.nftrefresh.update;

import java.time.Instant;

/**
 * When a producer gave updates away, after which it cannot have made them.
 *
 * @param what the event, such as "the message was sent"
 */
record SubmissionTime(String what, Instant at) {
    static SubmissionTime sent(Instant at) {
        return new SubmissionTime("the message was sent", at);
    }

    static SubmissionTime uploaded(Instant at) {
        return new SubmissionTime("the file was uploaded", at);
    }

    @Override
    public String toString() {
        return what + " at " + at;
    }
}
