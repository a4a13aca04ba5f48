package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.QuotaUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A quota that counts tokens and has fewer of them in a window than a request takes. */
final class SmallTokenQuotaTest {
    private static final long LIMIT = 100;
    private static final Duration WINDOW = Duration.ofHours(1);

    private long remaining = LIMIT;
    private int throttled;
    private final PassRunner run = new PassRunner(this::answer).withUnit(QuotaUnit.TOKEN);
    private Instant reset = run.now().plus(WINDOW);

    private boolean tellsLimit = true;

    private RefreshOutcome answer(ScriptedApi.ReceivedRequest request) {
        while (!run.now().isBefore(reset)) {
            reset = reset.plus(WINDOW);
            remaining = LIMIT;
        }
        int cost = request.tokenIds().size();
        if (cost > remaining) {
            throttled++;
            if (!tellsLimit) {
                return new RefreshOutcome.Throttled(
                        new ReportedQuota(null, null, reset, null, List.of()),
                        new ApiErrorResponse(429, "TOO_MANY_REQUESTS_ERROR", null, "trace-429"));
            }
            return new RefreshOutcome.Throttled(
                    new ReportedQuota(LIMIT, remaining, reset, Duration.between(run.now(), reset), List.of()),
                    new ApiErrorResponse(429, "TOO_MANY_REQUESTS_ERROR", null, "trace-429"));
        }
        remaining -= cost;
        return new RefreshOutcome.Accepted(
                tellsLimit ? new ReportedQuota(LIMIT, remaining, reset, null, List.of()) : ReportedQuota.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TOKEN"})
    void fullRequestsAreCutToWhatAWholeWindowHas(QuotaUnit unit) {
        run.withUnit(unit);

        assertThat(hoursUntilAccepted(300)).as("%d answers 429", throttled).isLessThan(24);
    }

    private int hoursUntilAccepted(int tokens) {
        var left = new ArrayList<String>();
        for (int i = 0; i < tokens; i++) {
            left.add(Integer.toString(i));
        }
        int hour = 0;
        for (; hour < 24 && !left.isEmpty(); hour++) {
            var queued = new QueuedUpdateBuilder(run.now());
            for (String id : left) {
                queued.addAged(SWORDS, id, WINDOW.multipliedBy(hour), hour + 1);
            }
            List<QueuedUpdate> updates = queued.updates();
            var outcomes = run.over(updates);
            updates.stream()
                    .filter(update -> outcomes.apply(update) instanceof TokenOutcome.Accepted)
                    .forEach(update -> left.remove(update.token().key().tokenId()));
            run.later(WINDOW.plusSeconds(1));
        }
        return hour;
    }

    /** Nothing says that a full request can never be accepted, but that none ever is. */
    @Test
    void fullRequestsAreMadeSmallerUntilOneIsAcceptedWhereNothingTellsTheLimit() {
        tellsLimit = false;
        run.withUnit(QuotaUnit.AUTO);

        int hours = hoursUntilAccepted(300);

        assertThat(hours).isLessThan(24);
        assertThat(throttled).isLessThan(60);
    }

    @Test
    void aSearchSendsNoMoreTokensThanItWasGranted() {
        remaining = LIMIT - 10;
        var first = new QueuedUpdateBuilder(run.now());
        first.addMany(SWORDS, 1_000, 60); // 30 remain
        run.over(first.updates());
        var queued = new QueuedUpdateBuilder(run.now());
        queued.addAlone(SWORDS, 0, 50);
        run.over(queued.updates());

        assertThat(throttled).isZero();
    }
}
