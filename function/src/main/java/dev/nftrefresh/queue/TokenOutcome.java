package dev.nftrefresh.queue;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one token in a pass. */
public sealed interface TokenOutcome {
    /** Immutable took it. */
    record Accepted() implements TokenOutcome {}

    /** This very update was accepted before, as its message came twice: nothing is left to do. */
    record AcceptedBefore() implements TokenOutcome {}

    /** A newer update of the token was accepted: nothing is left to do. */
    record Superseded() implements TokenOutcome {}

    /** Another message with this very update stays in the queue: nothing is left to do for this one. */
    record Duplicate() implements TokenOutcome {}

    /** It is to be tried again, not before the wait is over; a wait below zero is none. */
    record Returned(Duration retryIn) implements TokenOutcome {
        /** What is over already is over now: no wait that SQS is asked for is ever negative. */
        public Returned {
            retryIn = neverNegative(retryIn);
        }
    }

    /**
     * It goes into the queue again together with the other tokens of this search for a refused token, and with nothing
     * else, so that the search goes on where it stopped.
     *
     * @param search what is known of them, and, as the very same object, which tokens are of it
     * @param place among them
     */
    record SearchContinued(SearchProgress search, int place, Duration retryIn) implements TokenOutcome {
        /** As in {@link Returned}. */
        public SearchContinued {
            retryIn = neverNegative(retryIn);
        }
    }

    /**
     * It will never be accepted.
     *
     * @param error what the API said, if it was asked
     */
    record Rejected(Rejection rejection, @Nullable ApiErrorResponse error) implements TokenOutcome {}

    /** Whether its message is deleted, and what is left of that goes on in another one. */
    default boolean endsItsMessage() {
        return switch (this) {
            case Accepted _, Rejected _, SearchContinued _ -> true;
            case AcceptedBefore _, Superseded _, Duplicate _, Returned _ -> false;
        };
    }

    private static Duration neverNegative(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
