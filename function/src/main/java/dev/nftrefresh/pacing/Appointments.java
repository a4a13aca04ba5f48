package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells those who find the quota used up when to come back: in groups, as many as the quota will be enough for. */
final class Appointments {
    /** As long as too few answers agree on the limit, nobody stays away longer than this after the opening, nor has a place later. */
    private static final Duration LATEST_ON_DOUBT = Duration.ofMinutes(15);
    /**
     * A request whose turn is later than its messages come back gets its place when they do. With a place now, it would be in line
     * twice, and the first place would be wasted. The margin covers the queue's visibility timeout, which counts as well.
     */
    private static final Duration MARGIN = Duration.ofMinutes(30);

    private final QuotaProfile profile;
    private final Rhythms rhythms;
    /** Live updates do not wait behind bulk ones. */
    private final Map<Lane, Line> lines = new EnumMap<>(Lane.class);
    /** Bulk whose calls live updates share. */
    private final Line shared;

    Appointments(QuotaProfile profile, Rhythms rhythms, Notes notes) {
        this.profile = profile;
        this.rhythms = rhythms;
        lines.put(Lane.LIVE, new Line("line", notes));
        lines.put(Lane.BULK, new Line("bulk_line", notes));
        shared = new Line("shared_line", notes);
    }

    void note(Notes notes) {
        lines.values().forEach(line -> line.note(notes));
        shared.note(notes);
    }

    private Line line(Lane lane) {
        return Objects.requireNonNull(lines.get(lane));
    }

    /** The next opening, if full requests of its lane and collection have appointments ahead; else null. */
    @Nullable
    Instant next(Request request, Instant now) {
        Line line = line(request.lane());
        Instant next = line.next(rhythms.of(request.lane(), now, now), now);
        return next != null && line.hasOf(request.collection(), now) ? next : null;
    }

    boolean isBulkInLine(Instant now) {
        return line(Lane.BULK).next(rhythms.of(Lane.BULK, now, now), now) != null;
    }

    /** The API said when its window opens, which is more certain than what was reckoned before. */
    void opensAt(Lane lane, Instant told, Instant now) {
        Duration window = profile.window();
        Rhythm rhythm = rhythms.of(lane, told, now);
        Instant next = line(lane).next(rhythm, now);
        if (profile.steadyUnit() == null && window != null && next != null) {
            Duration apart = Duration.between(next, told).abs();
            if (apart.multipliedBy(2).compareTo(window) < 0) {
                line(lane).opensAt(told, rhythm.turn());
            }
        }
    }

    /** Makes one; {@code opens} is when the quota has something again for this lane. */
    Instant make(Request request, Instant opens, Instant now) {
        Line line = line(request.lane());
        Rhythm rhythm = rhythms.of(request.lane(), opens, now);
        Instant next = line.next(rhythm, now);
        if (!request.isFull() && next != null) {
            return next;
        }
        double part = request.isFull() ? 1 : (double) request.tokens() / RequestLimits.TOKENS;
        Instant back = now.plus(request.hiddenAtMost());
        Instant unplaced = profile.isTrusted() ? back : TimeLeft.earlier(opens.plus(LATEST_ON_DOUBT), back);
        Instant then = join(line, part, rhythm, unplaced, request, now);
        if (request.isFull()) {
            line.mark(request.collection(), then);
        }
        return then;
    }

    /** Makes one of bulk whose calls live updates share, and that go so far apart from then on. */
    Instant makeShared(Request request, Duration interval, Instant from, Instant now) {
        return join(shared, 1, rhythms.shared(interval, from), now.plus(request.hiddenAtMost()), request, now);
    }

    /** A place no later than the request's messages come back; {@code unplaced} is when they do so without one. */
    private static Instant join(Line line, double part, Rhythm rhythm, Instant unplaced, Request request, Instant now) {
        Instant joined = line.join(part, rhythm, TimeLeft.earlier(unplaced, lastPlace(request, now)), now);
        return joined != null ? joined : unplaced;
    }

    private static Instant lastPlace(Request request, Instant now) {
        Duration hidden = request.hiddenAtMost();
        return now.plus(hidden.compareTo(MARGIN) > 0 ? hidden.minus(MARGIN) : hidden);
    }
}
