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
 * A copy's ledger that tells which updates are accepted: it is the one place where a copy says so token by token, whatever
 * lane and message they come from.
 */
final class WatchedLedger implements TokenLedger {
    private final TokenLedger ledger;
    private final UpdateListener listener;
    private final Map<String, List<TokenUpdate>> underWay = new ConcurrentHashMap<>();

    WatchedLedger(TokenLedger ledger, UpdateListener listener) {
        this.ledger = ledger;
        this.listener = listener;
    }

    @Override
    public List<Claim> look(List<TokenUpdate> tokens, Instant now, Duration atMost) {
        List<Claim> answers = ledger.look(tokens, now, atMost);
        tellAcceptedBefore(tokens, answers);
        return answers;
    }

    @Override
    public List<Claim> claim(
            String request,
            boolean fromWaitingRoom,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration atMost) {
        List<Claim> answers = ledger.claim(request, fromWaitingRoom, tokens, now, leaseEnd, atMost);
        tellAcceptedBefore(tokens, answers);
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

    private void tellAcceptedBefore(List<TokenUpdate> tokens, List<Claim> answers) {
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case Superseded(), AcceptedBefore _ -> listener.acceptedBefore(tokens.get(i));
                case Granted _, Busy _, Unavailable() -> {}
            }
        }
    }

    @Override
    public boolean ended(String request, RequestEnd end, Instant now, Duration atMost) {
        List<TokenUpdate> tokens = underWay.remove(request);
        if (tokens != null) {
            // Before another copy can read in the table that they were accepted, and take that for an old story.
            switch (end) {
                case Accepted() -> tokens.forEach(token -> listener.accepted(token, now));
                case RefusedAlone(boolean isRejected) when isRejected -> tokens.forEach(listener::rejected);
                case RefusedAlone _, RefusedWithOthers _, NotApplied _, Unknown _ -> {}
            }
        }
        return ledger.ended(request, end, now, atMost);
    }
}
