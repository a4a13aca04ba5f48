package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.pacing.Allowance.Unbounded;
import dev.nftrefresh.pacing.Allowance.Untold;
import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.table.Notes;
import java.time.Instant;

/** What the answers taught of what remains, although they do not come in the order in which their requests went. */
final class Learned {
    private static final String NEWEST = "allowance.newest";

    private Allowance allowance;
    /**
     * Answers to requests up to this one may only lower what is known. Those are all that were under way when it was
     * learned: the API counts requests in the order in which they reach it, which is not the order in which they went.
     */
    private long newest;

    private final LongWaits longWaits;

    Learned(LongWaits longWaits, Notes notes) {
        this.longWaits = longWaits;
        allowance = Allowance.of(notes);
        newest = notes.number(NEWEST, 0);
    }

    void note(Notes notes) {
        allowance.note(notes);
        notes.put(NEWEST, newest);
    }

    Allowance allowance() {
        return allowance;
    }

    /** What was learned holds no longer, nor does what requests granted up to this one will tell. */
    void forget(long lastGranted) {
        allowance = new Untold();
        newest = lastGranted;
    }

    /** A request was accepted, and this came with it, when so many had been granted. */
    void accepted(Permit permit, long lastGranted, Quota quota, Instant now) {
        Allowance told = Allowance.of(quota, wait -> longWaits.believed(permit, lastGranted, wait), now);
        if (!(told instanceof Window(long remaining, Instant _, Instant _, Instant _)) || remaining > 0) {
            longWaits.ended(permit);
        }
        if (permit.number() > newest || isOfALaterWindow(told)) {
            allowance = told;
            newest = lastGranted;
        } else if (told instanceof Window older
                && allowance instanceof Window newer
                && older.remaining() < newer.remaining()
                && !QuotaSense.isOfThePast(quota, now)) {
            allowance = newer.with(older.remaining(), older.opens());
        }
    }

    private boolean isOfALaterWindow(Allowance told) {
        return told instanceof Window(long _, Instant later, Instant _, Instant _)
                && allowance instanceof Window(long _, Instant known, Instant _, Instant _)
                && later != null
                && known != null
                && later.isAfter(known);
    }

    /** A request may have been counted although its answer did not say so. The last unit is left: it will tell. */
    void mayHaveCounted(long units) {
        if (allowance instanceof Window window && window.remaining() > 1) {
            allowance = window.with(Math.max(1, window.remaining() - units), window.opens());
        }
    }

    /** A request passed the limiter, and how many remain it did not tell. */
    void passed(Permit permit) {
        if (allowance instanceof Untold && permit.number() > newest) {
            allowance = new Unbounded();
        }
    }
}
