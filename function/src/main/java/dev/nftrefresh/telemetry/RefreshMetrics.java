package dev.nftrefresh.telemetry;

/** Where the function counts what it does; safe for use by many threads. */
public interface RefreshMetrics {
    /** Counts nothing. */
    RefreshMetrics NONE = new RefreshMetrics() {
        @Override
        public void tokens(Fate fate, int count) {}

        @Override
        public void request(RequestEnd end, int tokens, int bytes, int largestToken) {}

        @Override
        public void deadLetters(int count) {}
    };

    /** So many tokens met this fate in a pass. A returned token is counted at each return. */
    void tokens(Fate fate, int count);

    /**
     * One request was answered, or had no answer.
     *
     * @param end how it ended
     * @param tokens in the request
     * @param bytes of the whole request body
     * @param largestToken bytes of its largest token
     */
    void request(RequestEnd end, int tokens, int bytes, int largestToken);

    /** So many messages were sent to the dead-letter queue. */
    void deadLetters(int count);

    /** What became of a token. */
    enum Fate {
        ACCEPTED,
        SUPERSEDED,
        RETURNED,
        REJECTED
    }

    /** How a request ended. */
    enum RequestEnd {
        /** 202. */
        ACCEPTED,
        /** 429. */
        THROTTLED,
        /** Anything else. */
        FAILED
    }
}
