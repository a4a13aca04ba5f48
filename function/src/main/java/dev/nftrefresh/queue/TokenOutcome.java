package dev.nftrefresh.queue;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outcome of one token in a pass. */
public sealed interface TokenOutcome {
    /** Immutable accepted it. */
    record Accepted() implements TokenOutcome {}

    /** This same update was accepted before, as its message was delivered twice: nothing is left to do. */
    record AcceptedBefore() implements TokenOutcome {}

    /** A newer update of the token was accepted: nothing is left to do. */
    record Superseded() implements TokenOutcome {}

    /** Another message with this same update stays in the queue: nothing is left to do for this one. */
    record Duplicate() implements TokenOutcome {}

    /** It is to be tried again once the wait is over; a negative wait counts as zero. */
    record Returned(Duration retryIn) implements TokenOutcome {
        /** Replaces a negative wait by zero, as SQS accepts none. */
        public Returned {
            retryIn = neverNegative(retryIn);
        }
    }

    /**
     * It is queued again together with the other tokens of this search for a refused token, and with nothing else, so
     * that the search continues where it stopped.
     *
     * @param search the search's progress; by its identity, which tokens belong to it
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

    /** Whether its message is deleted, and the remainder of that is sent in another one. */
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
