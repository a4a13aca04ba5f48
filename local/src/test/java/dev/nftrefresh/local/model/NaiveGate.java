package dev.nftrefresh.local.model;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** No gate: everything goes when it comes, and what a 429 refuses comes back when its {@code retry-after} is over. */
final class NaiveGate implements RefreshGate {
    private static final Duration WITHOUT_ADVICE = Duration.ofSeconds(2);

    private long granted;
    private Duration retryAfter = Duration.ZERO;
    private Instant throttledAt = Instant.MIN;

    @Override
    public Answer ask(Request request, Instant now) {
        // The pass gives back a request that was throttled; here it goes with the others of its event.
        if (now.equals(throttledAt)) {
            return new NotBefore(retryAfter, Why.CLOSED);
        }
        return new Granted(new Permit(++granted, now, request.tokens()), request.tokens());
    }

    @Override
    public void answered(Permit permit, RefreshOutcome outcome, Instant now) {
        if (outcome instanceof RefreshOutcome.Throttled throttled) {
            Duration asked = throttled.quota().retryAfter();
            retryAfter = asked == null || !asked.isPositive() ? WITHOUT_ADVICE : asked;
            throttledAt = now;
        }
    }

    @Override
    public void unused(Permit permit) {}

    @Override
    public List<Duration> appointments(List<Request> requests, Instant now) {
        return requests.stream().map(_ -> retryAfter).toList();
    }
}
