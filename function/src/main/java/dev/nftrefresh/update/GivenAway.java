package dev.nftrefresh.update;

import java.time.Instant;

/**
 * When a producer gave updates away, after which it cannot have made them.
 *
 * @param what the event, such as "the message was sent"
 */
record GivenAway(String what, Instant at) {
    static GivenAway sent(Instant at) {
        return new GivenAway("the message was sent", at);
    }

    static GivenAway uploaded(Instant at) {
        return new GivenAway("the file was uploaded", at);
    }

    @Override
    public String toString() {
        return what + " at " + at;
    }
}
