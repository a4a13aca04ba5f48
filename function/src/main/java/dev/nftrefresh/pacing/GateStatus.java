package dev.nftrefresh.pacing;

import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.TableUnavailable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the copies of the function know of the quota, for people to read.
 *
 * @param limit of the quota; null if no answer told one
 * @param remaining of it, as an answer told last; null if that is no longer known
 * @param remainingToldAt when it did
 * @param reset when the quota's window ends, or the quota is full; null if that is not known
 * @param windowBegan when the quota was full last, if it comes back all at once; null if that is not known
 * @param closedUntil until when nothing is sent; null if requests may go
 * @param tokensCount whether the quota counts tokens, and not requests
 * @param failuresInARow how many requests in a row the API failed to answer, or answered with 401
 * @param lastFailedAt the last one of these
 * @param lastAcceptedAt when a request was accepted last
 */
public record GateStatus(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant remainingToldAt,
        @Nullable Instant reset,
        @Nullable Instant windowBegan,
        @Nullable Instant closedUntil,
        boolean tokensCount,
        int failuresInARow,
        @Nullable Instant lastFailedAt,
        @Nullable Instant lastAcceptedAt) {

    /** Reads the item of the gate; without one, or one that can be read, nothing is known. */
    public static GateStatus read(Table table, QuotaUnit setting, Instant now, Duration atMost)
            throws TableUnavailable {
        Item item = table.read(List.of(TableGate.KEY), atMost).get(TableGate.KEY);
        try {
            return of(Notes.of(item == null ? "" : item.content()), setting, now);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return of(new Notes(), setting, now);
        }
    }

    static GateStatus of(Notes notes, QuotaUnit setting, Instant now) {
        var longWaits = new LongWaits(notes);
        var profile = new QuotaProfile(notes);
        var failures = new Failures(notes).health();
        Window window = Allowance.of(notes) instanceof Window told && told.end().isAfter(now) ? told : null;
        Instant exhausted = window != null && window.remaining() == 0 ? window.opens() : null;
        return new GateStatus(
                profile.limit(),
                window == null ? null : (Long) window.remaining(),
                window == null ? null : window.told(),
                after(now, window != null && window.reset() != null ? window.reset() : profile.reset()),
                began(profile),
                later(after(now, new Throttling(longWaits, notes).closedUntil()), after(now, exhausted)),
                new UnitSense(setting, notes).tokensCount(),
                failures.failuresInARow(),
                failures.lastFailed(),
                failures.lastAccepted());
    }

    private static @Nullable Instant began(QuotaProfile profile) {
        return profile.steadyUnit() != null || profile.reset() == null || profile.window() == null
                ? null
                : profile.reset().minus(profile.window());
    }

    private static @Nullable Instant after(Instant now, @Nullable Instant time) {
        return time != null && time.isAfter(now) ? time : null;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
