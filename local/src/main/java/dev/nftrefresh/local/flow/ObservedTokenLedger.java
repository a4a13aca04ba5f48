package dev.nftrefresh.local.flow;

import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A copy's ledger that reports which updates are accepted: it is the one place where a copy records that for each
 * token, whatever lane and message they come from.
 */
final class ObservedTokenLedger implements TokenLedger {
    private final TokenLedger ledger;
    private final UpdateListener listener;
    private final Map<String, List<TokenUpdate>> underWay = new ConcurrentHashMap<>();

    ObservedTokenLedger(TokenLedger ledger, UpdateListener listener) {
        this.ledger = ledger;
        this.listener = listener;
    }

    @Override
    public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
        List<ClaimResult> answers = ledger.preview(tokens, now, timeout);
        reportAlreadyAccepted(tokens, answers);
        return answers;
    }

    @Override
    public List<ClaimResult> claim(
            String request,
            boolean fromWaitingUpdates,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration timeout) {
        List<ClaimResult> answers = ledger.claim(request, fromWaitingUpdates, tokens, now, leaseEnd, timeout);
        reportAlreadyAccepted(tokens, answers);
        List<TokenUpdate> granted = new ArrayList<>(tokens.size());
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Granted) {
                granted.add(tokens.get(i));
            }
        }
        underWay.merge(request, granted, (before, more) -> {
            before.addAll(more);
            return before;
        });
        return answers;
    }

    private void reportAlreadyAccepted(List<TokenUpdate> tokens, List<ClaimResult> answers) {
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case Superseded(), AlreadyAccepted _ -> listener.alreadyAccepted(tokens.get(i));
                case Granted _, Busy _, Unavailable() -> {}
            }
        }
    }

    @Override
    public boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout) {
        List<TokenUpdate> tokens = underWay.remove(request);
        if (tokens != null) {
            // Before another copy can read in the table that they were accepted, and take that for an old story.
            switch (end) {
                case Accepted() -> tokens.forEach(token -> listener.accepted(token, now));
                case RefusedAlone(boolean isRejected) when isRejected -> tokens.forEach(listener::rejected);
                case RefusedAlone _, RefusedWithOthers _, NotApplied _, Unknown _ -> {}
            }
        }
        return ledger.recordOutcome(request, end, now, timeout);
    }
}
