package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** The function's own parts, each with one idea switched off. */
final class WithoutAnIdea {
    private WithoutAnIdea() {}

    /** Nobody knows before a claim what became of a token that was delivered before. */
    record LedgerWithoutLook(TokenLedger ledger) implements TokenLedger {
        @Override
        public List<Claim> look(List<TokenUpdate> tokens, Instant now, Duration atMost) {
            return new NaiveLedger().look(tokens, now, atMost);
        }

        @Override
        public List<Claim> claim(
                String request,
                boolean fromWaitingRoom,
                List<TokenUpdate> tokens,
                Instant now,
                Instant leaseEnd,
                Duration atMost) {
            return ledger.claim(request, fromWaitingRoom, tokens, now, leaseEnd, atMost);
        }

        @Override
        public boolean ended(String request, RequestEnd end, Instant now, Duration atMost) {
            return ledger.ended(request, end, now, atMost);
        }
    }

    /** A gate that is as it is. */
    interface SameGate extends RefreshGate {
        RefreshGate gate();

        @Override
        default Answer ask(Request request, Instant now, Duration atMost) {
            return gate().ask(request, now, atMost);
        }

        @Override
        default int answered(Permit permit, RefreshOutcome outcome, Instant now, Duration atMost) {
            return gate().answered(permit, outcome, now, atMost);
        }

        @Override
        default void unused(Permit permit, Instant now, Duration atMost) {
            gate().unused(permit, now, atMost);
        }

        @Override
        default List<Duration> appointments(List<Request> requests, Instant now, Duration atMost) {
            return gate().appointments(requests, now, atMost);
        }

        @Override
        default Duration promise(Request request, Instant now, Duration atMost) {
            return gate().promise(request, now, atMost);
        }

        @Override
        default ApiHealth health(Instant now, Duration atMost) {
            return gate().health(now, atMost);
        }
    }

    /** All that is left of an event comes back together, when the first of it may. */
    record GateWithoutPlaces(RefreshGate gate) implements SameGate {
        @Override
        public List<Duration> appointments(List<Request> requests, Instant now, Duration atMost) {
            return requests.isEmpty()
                    ? List.of()
                    : Collections.nCopies(
                            requests.size(),
                            gate.appointments(requests.subList(0, 1), now, atMost)
                                    .getFirst());
        }
    }

    /** A partly filled request goes at once, like a full one. */
    record GateWithoutEvenSpending(RefreshGate gate) implements SameGate {
        @Override
        public Answer ask(Request request, Instant now, Duration atMost) {
            return gate.ask(
                    new Request(request.collection(), request.tokens(), true, request.isSearch(), request.lane()),
                    now,
                    atMost);
        }
    }
}
