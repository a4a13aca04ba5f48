package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuota.SpendResult;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of what the limit allowed was used while more waited than a whole window's quota takes. Of windows, those count
 * that opened with so much waiting, each until the next one opened: so what is left in a window is lost, and so is the
 * time until somebody opens the next one. Of a steady limit, all counts until less waits, and to the end of the group of
 * requests that is under way then.
 */
final class QuotaUse {
    private static final int TOKENS_A_REQUEST = 250;
    /** What goes together goes closer than this, and takes less than this. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final StandInSettings settings;
    private final long limit;
    private final long windowTokens;
    private @Nullable Instant first;
    private @Nullable Instant opened;
    private Instant knownReset = Instant.MIN;
    private Instant last = Instant.MIN;
    /** When less than a whole bucket waited first. */
    private @Nullable Instant lessSince;

    private boolean over;
    private double allowed;
    private long used;
    private long usedInWindow;
    private double least = Double.NaN;
    private long requests;
    private long tokens;

    QuotaUse(StandInSettings settings) {
        this.settings = settings;
        limit = Objects.requireNonNull(settings.limit());
        windowTokens = settings.unit() == StandInQuotaUnit.TOKEN ? limit : limit * TOKENS_A_REQUEST;
    }

    /**
     * A request came to the limit.
     *
     * @param waiting tokens before this request
     */
    void spent(SpendResult spent, int tokensOfRequest, int waiting, Instant now) {
        if (first == null) {
            first = now;
            over = waiting < windowTokens;
        }
        if (settings.refill() == QuotaRefill.WINDOW && !spent.reset().equals(knownReset)) {
            windowOpens(waiting, now);
            knownReset = spent.reset();
        }
        if (settings.refill() == QuotaRefill.STEADY && !over) {
            if (waiting < windowTokens) {
                lessSince = lessSince == null ? now : lessSince;
                over = now.isAfter(last.plus(PAUSE)) || now.isAfter(lessSince.plus(PAUSE));
            }
            last = now;
        }
        if (settings.refill() == QuotaRefill.STEADY && !over) {
            double windows = (double) Duration.between(first, now).toMillis()
                    / settings.window().toMillis();
            allowed = limit * (1 + windows);
        }
        if (spent.granted() && !over) {
            long cost = settings.unit() == StandInQuotaUnit.TOKEN ? tokensOfRequest : 1;
            requests++;
            tokens += tokensOfRequest;
            usedInWindow += cost;
            used += settings.refill() == QuotaRefill.STEADY ? cost : 0;
        }
    }

    private void windowOpens(int waiting, Instant now) {
        if (opened != null && !over) {
            double allowedInWindow = limit
                    * (double) Duration.between(opened, now).toMillis()
                    / settings.window().toMillis();
            used += usedInWindow;
            allowed += allowedInWindow;
            least = Double.isNaN(least)
                    ? usedInWindow / allowedInWindow
                    : Math.min(least, usedInWindow / allowedInWindow);
        }
        opened = now;
        usedInWindow = 0;
        over |= waiting < windowTokens;
    }

    /** From 0 to 1; not a number while no window was over. */
    double share() {
        return requests == 0 ? Double.NaN : used / allowed;
    }

    /** The same of the window that was used least; not a number while no window was over. */
    double leastShare() {
        return least;
    }

    double tokensPerRequest() {
        return (double) tokens / requests;
    }
}
