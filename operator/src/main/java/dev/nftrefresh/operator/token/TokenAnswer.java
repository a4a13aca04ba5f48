package dev.nftrefresh.operator.token;

import dev.nftrefresh.update.UpdateVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of the newest update of a token that is known. */
sealed interface TokenAnswer {
    /**
     * Immutable accepted it.
     *
     * @param version null if only the log knows of it, which does not contain it
     */
    record Accepted(@Nullable UpdateVersion version, Instant at) implements TokenAnswer {}

    /**
     * It waits.
     *
     * @param version null where only the log knows
     * @param since when it was seen last; null if that is not known
     * @param until about when it is tried; null if unknown
     */
    record Waiting(
            @Nullable UpdateVersion version,
            WaitCause cause,
            @Nullable Instant since,
            @Nullable Instant until) implements TokenAnswer {}

    /**
     * It is in the dead-letter queue, unless somebody removed it.
     *
     * @param reason its {@code RejectReason}
     * @param detail a sentence; empty if there is none
     */
    record Rejected(
            String reason,
            String detail,
            Instant at,
            @Nullable TokenEvent line) implements TokenAnswer {}

    /** Neither the table nor the log knows of an update. */
    record Unknown() implements TokenAnswer {}

    /** What an update waits for. */
    enum WaitCause {
        ANSWER("for the answer to a request that has it"),
        CONFIRMATION("for its message to come back: it may have been accepted, but the answer was lost"),
        QUOTA("for the quota"),
        RIDE("for a request of its collection with free places, as the quota is spent evenly"),
        COLLECTION("for its collection, which Immutable refuses"),
        KEY("for a valid API key"),
        INTERVAL("for the interval since the last update of the token was accepted"),
        RETRY("for another try after a request that failed"),
        SEARCH(
                "because Immutable refused a request with it and others, and smaller requests find out which token is refused"),
        REFUSED_ALONE("because Immutable refused it alone, which is no proof yet that the token itself is at fault"),
        TOKENS("because Immutable refused the last tokens of its collection that went alone"),
        RESUME("for the stack, which is paused");

        final String words;

        WaitCause(String words) {
            this.words = words;
        }
    }
}
