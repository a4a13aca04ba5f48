package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells those who find the quota used up when to come back: in groups, as many as the quota will be enough for. */
final class Appointments {
    /** Under a steady refill: full requests that come back together. */
    private static final long GROUP = 20;
    /** And so many groups an hour at least, however small the quota: else it would be full before they come back. */
    private static final long GROUPS = 4;
    /** As long as too few answers agree on the limit, nobody stays away longer than this after the opening. */
    private static final Duration LATEST_ON_DOUBT = Duration.ofMinutes(15);
    /** Where no limit was told, all come back at the opening. */
    private static final double ALL = 1e9;

    private final QuotaProfile profile;
    private final UnitSense unit;
    private final Pace pace;
    private final Line line;

    Appointments(QuotaProfile profile, UnitSense unit, Pace pace, Notes notes) {
        this.profile = profile;
        this.unit = unit;
        this.pace = pace;
        line = new Line(notes);
    }

    void note(Notes notes) {
        line.note(notes);
    }

    /** The next opening, if full requests of this collection have appointments ahead; else null. */
    @Nullable
    Instant next(CollectionId collection, Instant now) {
        Instant next = line.next(rhythm(now, now), now);
        return next != null && line.hasOf(collection, now) ? next : null;
    }

    /** The API said when its window opens, which is more certain than what was reckoned before. */
    void opensAt(Instant told, Instant now) {
        Duration window = profile.window();
        Instant next = line.next(rhythm(now, now), now);
        if (profile.steadyUnit() == null && window != null && next != null) {
            Duration apart = Duration.between(next, told).abs();
            if (apart.multipliedBy(2).compareTo(window) < 0) {
                line.opensAt(told);
            }
        }
    }

    /** Makes one; {@code opens} is when the quota has something again. */
    Instant make(Request request, Instant opens, Instant now) {
        Rhythm rhythm = rhythm(opens, now);
        Instant next = line.next(rhythm, now);
        if (!request.isFull() && next != null) {
            return next;
        }
        Instant agreed =
                line.join(request.isFull() ? 1 : (double) request.tokens() / RequestLimits.TOKENS, rhythm, now);
        if (request.isFull()) {
            line.mark(request.collection(), agreed);
        }
        Instant latest = opens.plus(LATEST_ON_DOUBT);
        return profile.isTrusted() || agreed.isBefore(latest) ? agreed : latest;
    }

    private Rhythm rhythm(Instant opens, Instant now) {
        Long limit = profile.limit();
        double cost = unit.tokensCount() ? RequestLimits.TOKENS : 1;
        Duration steady = profile.steadyUnit();
        if (steady != null && limit != null) {
            Duration each = longer(steady.multipliedBy((long) cost), pace.interval());
            long group = Math.clamp((long) (limit / cost / GROUPS), 1, GROUP);
            Duration every = each.multipliedBy(group);
            Instant collected = now.plus(every);
            return new Rhythm(group, every, collected.isAfter(opens) ? collected : opens);
        }
        Duration window = profile.window();
        if (limit == null || window == null) {
            Duration each = pace.interval();
            boolean slow = each.compareTo(Duration.ofSeconds(1)) > 0;
            return new Rhythm(slow ? GROUP : ALL, each.multipliedBy(GROUP), opens);
        }
        double atPace = (double) window.toMillis() / Math.max(1, pace.interval().toMillis());
        return new Rhythm(Math.min(limit / cost, atPace), window, opens);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
