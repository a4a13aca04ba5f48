package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestOutcome;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a copy does with its ledger: it claims, sends what it was granted to the model API, and records true outcomes.
 */
final class RacingSender {
    private final RacingCopy copy;
    private final ModelApi api;
    /** How many seconds its clock is ahead. */
    private final int ahead;
    /** Requests whose outcomes it has not recorded. */
    private final List<ModelApi.SentRequest> unrecorded = new ArrayList<>();

    RacingSender(RacingCopy copy, ModelApi api, int ahead) {
        this.copy = copy;
        this.api = api;
        this.ahead = ahead;
    }

    private Instant onItsClock(int time) {
        return LedgerUpdates.at(time + ahead);
    }

    RacingCopy copy() {
        return copy;
    }

    /** Begins to claim, and sends if it comes to that. */
    void claimAndSend(String request, LedgerRace.ClaimTask claims) {
        int now = api.now();
        copy.begin(() -> {
            int leaseEnd = now + claims.lease();
            var granted = new TreeMap<String, Integer>();
            granted.putAll(granted(request, claims.first(), now, leaseEnd));
            if (!granted.isEmpty()) {
                var more = new TreeMap<>(claims.more());
                more.keySet().removeAll(claims.first().keySet());
                granted.putAll(granted(request, more, now, leaseEnd));
            }
            // A copy that took longer to claim than its lease sends nothing.
            boolean goes = !granted.isEmpty() && api.now() < leaseEnd;
            Integer after = goes ? claims.appliedAfter() : null;
            int appliedAt =
                    after == null ? ModelApi.NEVER : Math.min(api.now() + after, leaseEnd + LedgerRace.AFTERWARDS);
            var sent = new ModelApi.SentRequest(request, granted, now, leaseEnd, appliedAt);
            api.send(sent);
            unrecorded.add(sent);
        });
    }

    private SortedMap<String, Integer> granted(
            String request, SortedMap<String, Integer> versions, int now, int leaseEnd) {
        var granted = new TreeMap<String, Integer>();
        if (versions.isEmpty()) {
            return granted;
        }
        var tokens = versions.entrySet().stream()
                .map(token -> LedgerUpdates.of(token.getKey(), token.getValue()))
                .toList();
        List<ClaimResult> claims = copy.ledger()
                .claim(request, false, tokens, onItsClock(now), onItsClock(leaseEnd), TokenLedgerContract.AT_MOST);
        var answers = claims.iterator();
        versions.forEach((token, version) -> {
            ClaimResult claim = answers.next();
            api.answered(request, now, token, version, claim);
            if (claim instanceof Granted) {
                granted.put(token, version);
            }
        });
        return granted;
    }

    /** Begins to record the outcome of one of its requests. */
    void recordOutcome(int which, boolean isUnknown) {
        if (unrecorded.isEmpty()) {
            return;
        }
        ModelApi.SentRequest sent = unrecorded.remove(Math.floorMod(which, unrecorded.size()));
        RequestOutcome end = end(sent, isUnknown);
        copy.begin(() -> {
            int reported = api.now();
            boolean durable =
                    copy.ledger().recordOutcome(sent.name(), end, onItsClock(reported), TokenLedgerContract.AT_MOST);
            if (end instanceof Accepted && durable) {
                sent.isTold(reported, api.now());
            }
        });
    }

    private RequestOutcome end(ModelApi.SentRequest sent, boolean isUnknown) {
        if (isUnknown || api.willApply(sent)) {
            int until = api.now() + LedgerRace.AFTERWARDS;
            api.isOverAt(sent, until);
            return new Unknown(onItsClock(until), false);
        }
        return api.hasApplied(sent) ? new Accepted() : new NotApplied(false);
    }
}
