package dev.nftrefresh.bulk;

/**
 * What was made of a file so far.
 *
 * @param queued tokens that are in messages
 * @param rejected elements that were refused
 * @param messages that the tokens are in; also the number of the next one, counted from 0
 */
record Figures(long queued, long rejected, long messages) {
    static final Figures NONE = new Figures(0, 0, 0);

    /** Every element is either. */
    long read() {
        return queued + rejected;
    }

    Figures plusQueued() {
        return new Figures(queued + 1, rejected, messages);
    }

    Figures plusRejected() {
        return new Figures(queued, rejected + 1, messages);
    }

    Figures plusMessage() {
        return new Figures(queued, rejected, messages + 1);
    }
}
