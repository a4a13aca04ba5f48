package dev.nftrefresh.dispatch;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore.WaitingUpdates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims the tokens of a request that may be sent, and fills its free capacity: requests are the scarce resource. */
final class RequestClaimer {
    private static final RemainingCapacity NO_CAPACITY = new RemainingCapacity(0, 0);

    private final TokenLedger ledger;
    private final WaitingUpdateStore waitingStore;
    private final TokenCoalescer coalescer;
    private final PendingRequests pending;
    private final RetryDelays waits;
    private final InvocationDeadline deadline;
    private final Clock clock;
    /** Of redelivered updates: how often their token's requests failed in a row while others were accepted. */
    private final IdentityHashMap<QueuedUpdate, Integer> failures = new IdentityHashMap<>();

    /** Of redelivered updates: when the same version was rejected, in another copy of their message. */
    private final IdentityHashMap<QueuedUpdate, Instant> rejections = new IdentityHashMap<>();

    RequestClaimer(
            PassDependencies services,
            TokenCoalescer coalescer,
            PendingRequests pending,
            RetryDelays waits,
            InvocationDeadline deadline) {
        ledger = services.ledger();
        waitingStore = services.waitingStore();
        clock = services.clock();
        this.coalescer = coalescer;
        this.pending = pending;
        this.waits = waits;
        this.deadline = deadline;
    }

    /** A request's name in the ledger, and how long it holds its tokens. */
    record RequestLease(String name, Instant begin, Instant end) {
        /** Waiting updates are claimed under another name, so that their messages can look up their outcome. */
        RequestLease ofWaitingUpdates() {
            return new RequestLease(name + "/waiting", begin, end);
        }
    }

    /**
     * What is sent.
     *
     * @param request with the updates of this event
     * @param waitingUpdates copies of waiting updates, whose messages are still in the queue
     */
    record ClaimedRequest(PlannedRequest request, List<TokenUpdate> waitingUpdates) {
        List<TokenUpdate> tokens() {
            return Stream.concat(request.updates().stream().map(QueuedUpdate::token), waitingUpdates.stream())
                    .toList();
        }

        List<TokenJson> json() {
            return tokens().stream().map(TokenUpdate::json).toList();
        }
    }

    /**
     * The waiting updates of a collection.
     *
     * @param claimable those of them that may still have to be sent
     */
    record WaitingCandidates(WaitingUpdates waitingUpdates, List<TokenUpdate> claimable) {}

    /**
     * The updates that may still have to be sent. A redelivered update may have been sent with another copy's request
     * meanwhile, or be in flight now. Or it may be a second copy of an update that was rejected: SQS delivers twice,
     * and keeps what could not be deleted. An update that was queued after the rejection is sent again.
     */
    List<QueuedUpdate> stillOpen(List<QueuedUpdate> updates, Instant now) {
        List<QueuedUpdate> back = updates.stream()
                .filter(update -> update.message().attempts() > 1)
                .toList();
        Set<QueuedUpdate> open = IdentitySet.of(updates);
        back.forEach(open::remove);
        open.addAll(open(back, now));
        return updates.stream().filter(open::contains).toList();
    }

    /** The updates that could be claimed now, as far as the ledger knows. */
    List<QueuedUpdate> open(List<QueuedUpdate> back, Instant now) {
        if (back.isEmpty()) {
            return back;
        }
        var open = new ArrayList<QueuedUpdate>();
        List<ClaimResult> claims = ledger.preview(tokens(back), now, deadline.tableCallTimeout());
        for (QueuedUpdate update : granted(back, claims, now)) {
            Instant rejectedAt = rejections.get(update);
            if (rejectedAt != null && isRejectedBefore(update, rejectedAt)) {
                coalescer.reject(update, RefusedCollectionHandler.rejectedBefore(update, rejectedAt), rejectedAt);
            } else {
                open.add(update);
            }
        }
        return open;
    }

    private static boolean isRejectedBefore(QueuedUpdate update, Instant rejectedAt) {
        return update.message().firstSentAt().isBefore(rejectedAt);
    }

    /** Those of the redelivered updates that could not be claimed now, as far as the ledger knows. Settles none. */
    Set<QueuedUpdate> done(List<QueuedUpdate> updates, Instant now) {
        List<QueuedUpdate> back = updates.stream()
                .filter(update -> update.message().attempts() > 1)
                .toList();
        Set<QueuedUpdate> done = IdentitySet.empty();
        if (back.isEmpty()) {
            return done;
        }
        List<ClaimResult> claims = ledger.preview(tokens(back), now, deadline.tableCallTimeout());
        for (int i = 0; i < claims.size(); i++) {
            QueuedUpdate update = back.get(i);
            boolean isDone = switch (claims.get(i)) {
                case TokenLedger.Granted(int _, Instant rejectedAt) ->
                    rejectedAt != null && isRejectedBefore(update, rejectedAt);
                case TokenLedger.Superseded _, TokenLedger.AlreadyAccepted _, TokenLedger.Busy _ -> true;
                case TokenLedger.Unavailable _ -> false;
            };
            if (isDone) {
                done.add(update);
            }
        }
        return done;
    }

    /**
     * How often requests with this update's token failed in a row while others were accepted, as far as it was read.
     */
    int failures(QueuedUpdate update) {
        return failures.getOrDefault(update, 0);
    }

    /**
     * Claims the request's tokens, and waiting updates to fill it. If all its tokens are denied, nothing is sent with
     * it.
     *
     * @param most the most tokens that may be sent in all
     */
    ClaimedRequest claimRequest(
            PlannedRequest planned, int most, RequestLease lease, @Nullable WaitingCandidates waiting) {
        PlannedRequest claimed = claim(planned, lease);
        if (claimed.updates().isEmpty() || !planned.acceptsOthers()) {
            if (waiting != null && !claimed.updates().isEmpty()) {
                List<TokenUpdate> _ =
                        waiting.waitingUpdates().take(NO_CAPACITY, _ -> false, deadline.tableCallTimeout());
            }
            return new ClaimedRequest(claimed, List.of());
        }
        if (claimed.updates().size() < Math.min(most, planned.updates().size())) {
            claimed = filled(claimed, most, lease);
        }
        RemainingCapacity capacity = remainingCapacity(claimed, most);
        return new ClaimedRequest(
                claimed, capacity.fitsAnyToken() ? claimWaiting(claimed, capacity, lease, waiting) : List.of());
    }

    private static RemainingCapacity remainingCapacity(PlannedRequest claimed, int most) {
        RemainingCapacity capacity = claimed.remainingCapacity();
        return new RemainingCapacity(
                Math.min(capacity.tokens(), most - claimed.updates().size()), capacity.bytes());
    }

    /** Replaces denied tokens by tokens of a later request. */
    private PlannedRequest filled(PlannedRequest claimed, int most, RequestLease lease) {
        List<QueuedUpdate> others = healthy(pending.takeLast(claimed.collection(), remainingCapacity(claimed, most)));
        if (others.isEmpty()) {
            return claimed;
        }
        var all = new ArrayList<>(claimed.updates());
        all.addAll(claim(claimed.with(others), lease).updates());
        return claimed.with(all);
    }

    /** Those that are still open. The later request may not have been looked up: suspicious tokens are planned anew. */
    private List<QueuedUpdate> healthy(List<QueuedUpdate> others) {
        var healthy = new ArrayList<QueuedUpdate>();
        var suspicious = new ArrayList<QueuedUpdate>();
        for (QueuedUpdate update : stillOpen(others, clock.instant())) {
            (failures(update) < TokenLedger.SUSPICIOUS_FAILURES ? healthy : suspicious).add(update);
        }
        pending.addLast(RequestPlanner.of(suspicious, this::failures));
        return healthy;
    }

    private PlannedRequest claim(PlannedRequest planned, RequestLease lease) {
        return planned.with(
                granted(planned.updates(), claim(tokens(planned.updates()), lease, false), clock.instant()));
    }

    private static List<TokenUpdate> tokens(List<QueuedUpdate> updates) {
        return updates.stream().map(QueuedUpdate::token).toList();
    }

    private List<QueuedUpdate> granted(List<QueuedUpdate> updates, List<ClaimResult> claims, Instant now) {
        var granted = new ArrayList<QueuedUpdate>(updates.size());
        for (int i = 0; i < claims.size(); i++) {
            QueuedUpdate update = updates.get(i);
            switch (claims.get(i)) {
                case TokenLedger.Granted(int failed, Instant rejectedAt) -> {
                    granted.add(update);
                    if (failed > 0) {
                        failures.put(update, failed);
                    }
                    if (rejectedAt != null) {
                        rejections.put(update, rejectedAt);
                    }
                }
                case TokenLedger.Superseded() -> coalescer.settle(update, new TokenOutcome.Superseded());
                case TokenLedger.AlreadyAccepted(boolean fromWaitingUpdates) ->
                    coalescer.settle(
                            update,
                            fromWaitingUpdates ? new TokenOutcome.Accepted() : new TokenOutcome.AcceptedBefore());
                case TokenLedger.Busy(Duration rest) ->
                    coalescer.settle(update, new TokenOutcome.Returned(waits.forAnother(rest, update, now)));
                case TokenLedger.Unavailable() ->
                    coalescer.settle(update, new TokenOutcome.Returned(waits.whileNotAsked(update, now)));
            }
        }
        return granted;
    }

    /** The waiting updates that may fill this request: not its own, each token once, and none that was sent since. */
    List<TokenUpdate> open(PlannedRequest request, WaitingUpdates waitingUpdates, Instant now) {
        List<TokenUpdate> others = others(request, waitingUpdates);
        if (!isFull(request, others)) {
            return others; // too few, whatever their state
        }
        return claimable(others, now);
    }

    private List<TokenUpdate> claimable(List<TokenUpdate> tokens, Instant now) {
        if (tokens.isEmpty()) {
            return tokens;
        }
        List<ClaimResult> claims = ledger.preview(tokens, now, deadline.tableCallTimeout());
        return IntStream.range(0, tokens.size())
                .filter(i -> claims.get(i) instanceof TokenLedger.Granted)
                .mapToObj(tokens::get)
                .toList();
    }

    private static List<TokenUpdate> others(PlannedRequest request, WaitingUpdates waitingUpdates) {
        var tokens = new HashSet<>(request.keys());
        return waitingUpdates.updates().stream()
                .filter(update -> tokens.add(update.key()))
                .toList();
    }

    /** Whether these fill the request. */
    static boolean isFull(PlannedRequest request, List<TokenUpdate> included) {
        RemainingCapacity left = request.remainingCapacity();
        List<TokenJson> json = included.stream().map(TokenUpdate::json).toList();
        return !left.less(json.subList(0, left.countThatFit(json))).fitsAnyToken();
    }

    private List<TokenUpdate> claimWaiting(
            PlannedRequest claimed,
            RemainingCapacity capacity,
            RequestLease lease,
            @Nullable WaitingCandidates waiting) {
        WaitingCandidates those = waiting != null ? waiting : waiting(claimed);
        Set<TokenUpdate> open = IdentitySet.of(those.claimable());
        List<TokenUpdate> candidates =
                those.waitingUpdates().take(capacity, open::contains, deadline.tableCallTimeout());
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<ClaimResult> claims = claim(candidates, lease.ofWaitingUpdates(), true);
        var granted = new ArrayList<TokenUpdate>(candidates.size());
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i) instanceof TokenLedger.Granted) { // each must be sent: the ledger records it as sent
                granted.add(candidates.get(i));
            }
        }
        return granted;
    }

    /** The waiting updates worth keeping capacity for: none that was sent since. */
    WaitingCandidates stillWaiting(PlannedRequest request, Instant now) {
        WaitingCandidates waiting = waiting(request);
        return new WaitingCandidates(waiting.waitingUpdates(), claimable(waiting.claimable(), now));
    }

    WaitingCandidates waiting(PlannedRequest request) {
        WaitingUpdates waitingUpdates = waitingStore.find(request.collection(), deadline.tableCallTimeout());
        return new WaitingCandidates(waitingUpdates, others(request, waitingUpdates));
    }

    private List<ClaimResult> claim(List<TokenUpdate> tokens, RequestLease lease, boolean fromWaitingUpdates) {
        Instant now = clock.instant();
        return ledger.claim(lease.name(), fromWaitingUpdates, tokens, now, lease.end(), deadline.tableCallTimeout());
    }
}
