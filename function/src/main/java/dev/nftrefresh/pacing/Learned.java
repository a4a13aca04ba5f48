package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.pacing.Allowance.Unbounded;
import dev.nftrefresh.pacing.Allowance.Untold;
import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import java.time.Instant;

/** What the answers taught, although they do not come in the order in which their requests went. */
final class Learned {
    private Allowance allowance = new Untold();
    /**
     * Answers to requests up to this one may only lower what is known. Those are all that were under way when it was
     * learned: the API counts requests in the order in which they reach it, which is not the order in which they went.
     */
    private long newest;

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
        Allowance told = Allowance.of(quota, now);
        if (permit.number() > newest || isOfALaterWindow(told)) {
            allowance = told;
            newest = lastGranted;
        } else if (told instanceof Window older
                && allowance instanceof Window newer
                && older.remaining() < newer.remaining()
                && !QuotaSense.isOfThePast(quota, now)) {
            allowance = new Window(older.remaining(), newer.reset(), older.opens());
        }
    }

    private boolean isOfALaterWindow(Allowance told) {
        return told instanceof Window(long _, Instant later, Instant _)
                && allowance instanceof Window(long _, Instant known, Instant _)
                && later != null
                && known != null
                && later.isAfter(known);
    }

    /** A request may have been counted although its answer did not say so. The last one is left: it will tell. */
    void mayHaveCounted() {
        if (allowance instanceof Window(long remaining, Instant reset, Instant opens) && remaining > 1) {
            allowance = new Window(remaining - 1, reset, opens);
        }
    }

    /** A request passed the limiter, and how many remain it did not tell. */
    void passed(Permit permit) {
        if (allowance instanceof Untold && permit.number() > newest) {
            allowance = new Unbounded();
        }
    }
}
