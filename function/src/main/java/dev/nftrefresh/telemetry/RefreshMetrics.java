package dev.nftrefresh.telemetry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the function counts what it does; safe for use by many threads. */
public interface RefreshMetrics {
    /** Counts nothing. */
    RefreshMetrics NONE = new RefreshMetrics() {
        @Override
        public void tokens(TokenOutcomeKind tokenOutcome, int count) {}

        @Override
        public void request(RequestOutcomeKind end, int tokens, int bytes, int largestToken) {}

        @Override
        public void deadLetters(int count) {}

        @Override
        public void quota(@Nullable Long limit, @Nullable Long remaining) {}

        @Override
        public void oldestUpdate(Duration age) {}

        @Override
        public void oldestBulkUpdate(Duration age) {}

        @Override
        public void problem(OperatorProblem problem) {}
    };

    /** So many tokens had this outcome in a pass. A returned token is counted at each return. */
    void tokens(TokenOutcomeKind tokenOutcome, int count);

    /**
     * One request was answered, or had no answer.
     *
     * @param end how it ended
     * @param tokens in the request
     * @param bytes of the whole request body
     * @param largestToken bytes of its largest token
     */
    void request(RequestOutcomeKind end, int tokens, int bytes, int largestToken);

    /** So many messages were sent to the dead-letter queue. */
    void deadLetters(int count);

    /**
     * An answer reported something about the project's quota.
     *
     * @param limit refreshes in a window; null if the answer did not say
     * @param remaining refreshes left in this window; null if the answer did not say
     */
    void quota(@Nullable Long limit, @Nullable Long remaining);

    /** How long ago the oldest update of a pass was first queued, among those that were accepted or keep waiting. */
    void oldestUpdate(Duration age);

    /** The same for a pass over updates from bulk files, which nobody awaits by the minute. */
    void oldestBulkUpdate(Duration age);

    /** A pass met a problem that waiting does not fix. */
    void problem(OperatorProblem problem);

    /** An invocation ends: who gathers counts writes them now. */
    default void flush() {}

    /** What became of a token. */
    enum TokenOutcomeKind {
        ACCEPTED,
        SUPERSEDED,
        RETURNED,
        REJECTED
    }

    /** What somebody has to look at. */
    enum OperatorProblem {
        /** The API refuses the key, and the secret holds no other one. */
        KEY_REFUSED,
        /** The secret cannot be read, or holds no key. */
        KEY_UNAVAILABLE,
        /** The API does not know a collection (404), or forbids it to this key (403). */
        COLLECTION_REFUSED,
        /** The API refused several tokens alone and accepted nothing: it is the request that it refuses. */
        REQUEST_REFUSED,
        /** The table cannot be read or written: copies do not know of each other, and claims fail. */
        TABLE_UNAVAILABLE
    }

    /** How a request ended. */
    enum RequestOutcomeKind {
        /** 202. */
        ACCEPTED,
        /** 429. */
        THROTTLED,
        /** Anything else. */
        FAILED
    }
}
