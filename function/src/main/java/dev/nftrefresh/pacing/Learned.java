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
    /** Answers to requests up to this one are too old to raise what is known. */
    private long newest;

    Allowance allowance() {
        return allowance;
    }

    /** What was learned holds no longer, nor does what requests granted up to this one will tell. */
    void forget(long lastGranted) {
        allowance = new Untold();
        newest = lastGranted;
    }

    /** A request was accepted, and this came with it. */
    void accepted(Permit permit, Quota quota, Instant now) {
        Allowance told = Allowance.of(quota, now);
        if (permit.number() > newest) {
            allowance = told;
            newest = permit.number();
        } else if (told instanceof Window older
                && allowance instanceof Window newer
                && older.remaining() < newer.remaining()
                && !QuotaSense.isOfThePast(quota, now)) {
            allowance = new Window(older.remaining(), newer.reset(), older.opens());
        }
    }

    /** A request passed the limiter, and how many remain it did not tell. */
    void passed(Permit permit) {
        if (allowance instanceof Untold && permit.number() > newest) {
            allowance = new Unbounded();
        }
    }
}
