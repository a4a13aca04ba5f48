package dev.nftrefresh.pass;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.room.WaitingRoom.Seated;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims the tokens of a request that may go, and fills the places that stay free: the request is the scarce thing. */
final class Loading {
    private static final Vacancy NO_VACANCY = new Vacancy(0, 0);

    private final TokenLedger ledger;
    private final WaitingRoom room;
    private final Contenders contenders;
    private final Agenda agenda;
    private final Waits waits;
    private final Deadline deadline;
    private final Clock clock;
    /** Of updates that came back: how often their token's requests failed in a row while others were accepted. */
    private final IdentityHashMap<QueuedUpdate, Integer> failures = new IdentityHashMap<>();

    /** Of updates that came back: when their very version was rejected, in another copy of their message. */
    private final IdentityHashMap<QueuedUpdate, Instant> rejections = new IdentityHashMap<>();

    Loading(Services services, Contenders contenders, Agenda agenda, Waits waits, Deadline deadline) {
        ledger = services.ledger();
        room = services.room();
        clock = services.clock();
        this.contenders = contenders;
        this.agenda = agenda;
        this.waits = waits;
        this.deadline = deadline;
    }

    /** A request's name in the ledger, and how long its tokens are its own. */
    record Lease(String name, Instant begin, Instant end) {
        /** Those from the waiting room are claimed by another name, so that their messages know what became of them. */
        Lease ofWaitingRoom() {
            return new Lease(name + "/waiting", begin, end);
        }
    }

    /**
     * What goes.
     *
     * @param request with the updates of this event
     * @param riders copies from the waiting room, whose messages are still in the queue
     */
    record Load(PlannedRequest request, List<TokenUpdate> riders) {
        List<TokenUpdate> tokens() {
            return Stream.concat(request.updates().stream().map(QueuedUpdate::token), riders.stream())
                    .toList();
        }

        List<TokenJson> json() {
            return tokens().stream().map(TokenUpdate::json).toList();
        }
    }

    /**
     * Who sits in the waiting room.
     *
     * @param open those of them that may still have to be sent
     */
    record Waiting(Seated seated, List<TokenUpdate> open) {}

    /**
     * What is still worth planning for: what was delivered before may have been sent with another copy's request
     * meanwhile, or be under way now. Or it may be a second copy of an update that was rejected: SQS delivers twice, and
     * keeps what could not be deleted. One that was queued after the rejection is asked anew.
     */
    List<QueuedUpdate> stillOpen(List<QueuedUpdate> updates, Instant now) {
        List<QueuedUpdate> back = updates.stream()
                .filter(update -> update.message().attempts() > 1)
                .toList();
        Set<QueuedUpdate> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.addAll(updates);
        back.forEach(open::remove);
        open.addAll(open(back, now));
        return updates.stream().filter(open::contains).toList();
    }

    /** Those of these that could be claimed now, as far as is known. */
    List<QueuedUpdate> open(List<QueuedUpdate> back, Instant now) {
        if (back.isEmpty()) {
            return back;
        }
        var open = new ArrayList<QueuedUpdate>();
        List<Claim> claims = ledger.look(tokens(back), now, deadline.tableCall());
        for (QueuedUpdate update : granted(back, claims, now)) {
            Instant rejectedAt = rejections.get(update);
            if (rejectedAt != null && update.message().firstSentAt().isBefore(rejectedAt)) {
                contenders.reject(update, RefusedCollections.rejectedBefore(update, rejectedAt), rejectedAt);
            } else {
                open.add(update);
            }
        }
        return open;
    }

    /** How often requests with this update's token failed in a row while others were accepted, as far as was looked. */
    int failures(QueuedUpdate update) {
        return failures.getOrDefault(update, 0);
    }

    /**
     * Loads the request; of one whose tokens were all denied nothing goes, and no other is sent with it.
     *
     * @param most tokens that may go in all
     */
    Load load(PlannedRequest planned, int most, Lease lease, @Nullable Waiting waiting) {
        PlannedRequest claimed = claim(planned, lease);
        if (claimed.updates().isEmpty() || !planned.takesOthers()) {
            if (waiting != null && !claimed.updates().isEmpty()) {
                List<TokenUpdate> _ = waiting.seated().take(NO_VACANCY, _ -> false, deadline.tableCall());
            }
            return new Load(claimed, List.of());
        }
        if (claimed.updates().size() < Math.min(most, planned.updates().size())) {
            claimed = filled(claimed, most, lease);
        }
        Vacancy vacancy = vacancy(claimed, most);
        return new Load(claimed, vacancy.takesAny() ? riders(claimed, vacancy, lease, waiting) : List.of());
    }

    private static Vacancy vacancy(PlannedRequest claimed, int most) {
        Vacancy vacancy = claimed.vacancy();
        return new Vacancy(Math.min(vacancy.tokens(), most - claimed.updates().size()), vacancy.bytes());
    }

    /** Where some were denied, others that wait for a later request take their places. */
    private PlannedRequest filled(PlannedRequest claimed, int most, Lease lease) {
        List<QueuedUpdate> others = agenda.takeLast(claimed.collection(), vacancy(claimed, most));
        if (others.isEmpty()) {
            return claimed;
        }
        var all = new ArrayList<>(claimed.updates());
        all.addAll(claim(claimed.with(others), lease).updates());
        return claimed.with(all);
    }

    private PlannedRequest claim(PlannedRequest planned, Lease lease) {
        return planned.with(
                granted(planned.updates(), claim(tokens(planned.updates()), lease, false), clock.instant()));
    }

    private static List<TokenUpdate> tokens(List<QueuedUpdate> updates) {
        return updates.stream().map(QueuedUpdate::token).toList();
    }

    private List<QueuedUpdate> granted(List<QueuedUpdate> updates, List<Claim> claims, Instant now) {
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
                case TokenLedger.Superseded() -> contenders.settle(update, new Fate.Superseded());
                case TokenLedger.AcceptedBefore(boolean fromWaitingRoom) ->
                    contenders.settle(update, fromWaitingRoom ? new Fate.Accepted() : new Fate.AcceptedBefore());
                case TokenLedger.Busy(Duration rest) ->
                    contenders.settle(update, new Fate.Returned(waits.forAnother(rest, update, now)));
                case TokenLedger.Unavailable() ->
                    contenders.settle(update, new Fate.Returned(waits.whileNotAsked(update, now)));
            }
        }
        return granted;
    }

    /** Those in the waiting room that may fill this request: not its own, each token once, and none that was sent since. */
    List<TokenUpdate> open(PlannedRequest request, Seated seated, Instant now) {
        List<TokenUpdate> others = others(request, seated);
        if (!isFull(request, others)) {
            return others; // not enough, whatever became of them
        }
        return claimable(others, now);
    }

    private List<TokenUpdate> claimable(List<TokenUpdate> tokens, Instant now) {
        if (tokens.isEmpty()) {
            return tokens;
        }
        List<Claim> claims = ledger.look(tokens, now, deadline.tableCall());
        return IntStream.range(0, tokens.size())
                .filter(i -> claims.get(i) instanceof TokenLedger.Granted)
                .mapToObj(tokens::get)
                .toList();
    }

    private static List<TokenUpdate> others(PlannedRequest request, Seated seated) {
        var tokens = new HashSet<>(request.keys());
        return seated.updates().stream()
                .filter(update -> tokens.add(update.key()))
                .toList();
    }

    /** Whether these fill the request. */
    static boolean isFull(PlannedRequest request, List<TokenUpdate> riders) {
        Vacancy left = request.vacancy();
        List<TokenJson> json = riders.stream().map(TokenUpdate::json).toList();
        return !left.less(json.subList(0, left.holds(json))).takesAny();
    }

    private List<TokenUpdate> riders(PlannedRequest claimed, Vacancy vacancy, Lease lease, @Nullable Waiting waiting) {
        Waiting those = waiting != null ? waiting : waiting(claimed);
        Set<TokenUpdate> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.addAll(those.open());
        List<TokenUpdate> candidates = those.seated().take(vacancy, open::contains, deadline.tableCall());
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Claim> claims = claim(candidates, lease.ofWaitingRoom(), true);
        var granted = new ArrayList<TokenUpdate>(candidates.size());
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i) instanceof TokenLedger.Granted) { // each of these must go: the ledger takes them for sent
                granted.add(candidates.get(i));
            }
        }
        return granted;
    }

    /** Those for whom places are worth keeping: none that was sent since. */
    Waiting stillWaiting(PlannedRequest request, Instant now) {
        Waiting waiting = waiting(request);
        return new Waiting(waiting.seated(), claimable(waiting.open(), now));
    }

    Waiting waiting(PlannedRequest request) {
        Seated seated = room.look(request.collection(), deadline.tableCall());
        return new Waiting(seated, others(request, seated));
    }

    private List<Claim> claim(List<TokenUpdate> tokens, Lease lease, boolean fromWaitingRoom) {
        Instant now = clock.instant();
        return ledger.claim(lease.name(), fromWaitingRoom, tokens, now, lease.end(), deadline.tableCall());
    }
}
