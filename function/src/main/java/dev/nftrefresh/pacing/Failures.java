package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.ApiHealth;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.table.Notes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many requests in a row the API failed to answer. They are counted from answers, because deliveries of a message say
 * nothing: most of them only waited for the quota.
 */
final class Failures {
    private static final String IN_A_ROW = "failures.in_a_row";
    private static final String LAST = "failures.last";
    private static final String LAST_AT = "failures.at";
    private static final String LAST_ACCEPTED = "accepted.last";

    private long inARow;
    /** The newest permit when the last failure was counted: what was under way then tells nothing new. */
    private long lastOfEpisode;

    private @Nullable Instant lastFailed;
    private @Nullable Instant lastAccepted;

    Failures(Notes notes) {
        inARow = notes.number(IN_A_ROW, 0);
        lastOfEpisode = notes.number(LAST, -1);
        lastFailed = notes.instant(LAST_AT);
        lastAccepted = notes.instant(LAST_ACCEPTED);
    }

    void note(Notes notes) {
        notes.put(LAST_ACCEPTED, lastAccepted);
        if (inARow > 0) {
            notes.put(IN_A_ROW, inARow);
            notes.put(LAST, lastOfEpisode);
            notes.put(LAST_AT, lastFailed);
        }
    }

    /**
     * Counts an answer.
     *
     * @param lastGranted the newest permit's number
     * @return failures in a row, with this one
     */
    int answered(Permit permit, long lastGranted, RefreshOutcome outcome, Instant now) {
        switch (outcome) {
            case RefreshOutcome.Accepted _ -> {
                inARow = 0;
                lastFailed = null;
                lastAccepted = now;
            }
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _, RefreshOutcome.KeyRefused _ -> {
                lastFailed = now;
                if (inARow == 0 || permit.number() > lastOfEpisode) {
                    inARow++;
                    lastOfEpisode = lastGranted;
                }
            }
            // Of the quota, or of this request or collection alone.
            case RefreshOutcome.Throttled _,
                    RefreshOutcome.Refused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _ -> {}
        }
        return Math.toIntExact(inARow);
    }

    ApiHealth health() {
        return new ApiHealth(Math.toIntExact(inARow), lastFailed, lastAccepted);
    }
}
