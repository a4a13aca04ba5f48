package dev.nftrefresh.pass;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.room.WaitingRoom.Seated;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims the tokens of a request that may go, and fills the places that stay free: the request is the scarce thing. */
final class Loading {
    private final TokenLedger ledger;
    private final WaitingRoom room;
    private final Contenders contenders;
    private final Agenda agenda;
    private final Waits waits;

    Loading(Services services, Contenders contenders, Agenda agenda, Waits waits) {
        ledger = services.ledger();
        room = services.room();
        this.contenders = contenders;
        this.agenda = agenda;
        this.waits = waits;
    }

    /** A request's name in the ledger, and how long its tokens are its own. */
    record Lease(String name, Instant begin, Instant end) {}

    /** What the table may take for one question. */
    static final Duration TABLE_TIMEOUT = Duration.ofSeconds(8);

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
     * What is still worth planning for: what was delivered before may have ridden along with another copy's request
     * meanwhile, or be riding now.
     */
    List<QueuedUpdate> stillOpen(List<QueuedUpdate> updates, Instant now) {
        List<QueuedUpdate> back = updates.stream()
                .filter(update -> update.message().attempts() > 1)
                .toList();
        if (back.isEmpty()) {
            return updates;
        }
        Set<QueuedUpdate> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.addAll(updates);
        back.forEach(open::remove);
        open.addAll(granted(back, ledger.look(tokens(back), now, TABLE_TIMEOUT)));
        return updates.stream().filter(open::contains).toList();
    }

    /** Loads the request; of one whose tokens were all denied nothing goes, and nobody rides along. */
    Load load(PlannedRequest planned, Lease lease, @Nullable Seated seated) {
        PlannedRequest claimed = claim(planned, lease);
        if (claimed.updates().isEmpty() || !planned.takesOthers()) {
            return new Load(claimed, List.of());
        }
        if (claimed.updates().size() < planned.updates().size()) {
            claimed = filled(claimed, lease);
        }
        Vacancy vacancy = claimed.vacancy();
        return new Load(claimed, vacancy.takesAny() ? riders(claimed, vacancy, lease, seated) : List.of());
    }

    /** Where some were denied, others that wait for a later request take their places. */
    private PlannedRequest filled(PlannedRequest claimed, Lease lease) {
        List<QueuedUpdate> others = agenda.takeLast(claimed.collection(), claimed.vacancy());
        if (others.isEmpty()) {
            return claimed;
        }
        var all = new ArrayList<>(claimed.updates());
        all.addAll(claim(claimed.with(others), lease).updates());
        return claimed.with(all);
    }

    private PlannedRequest claim(PlannedRequest planned, Lease lease) {
        return planned.with(granted(planned.updates(), claim(tokens(planned.updates()), lease, false)));
    }

    private static List<TokenUpdate> tokens(List<QueuedUpdate> updates) {
        return updates.stream().map(QueuedUpdate::token).toList();
    }

    private List<QueuedUpdate> granted(List<QueuedUpdate> updates, List<Claim> claims) {
        var granted = new ArrayList<QueuedUpdate>(updates.size());
        for (int i = 0; i < claims.size(); i++) {
            QueuedUpdate update = updates.get(i);
            switch (claims.get(i)) {
                case TokenLedger.Granted _ -> granted.add(update);
                case TokenLedger.Superseded() -> contenders.settle(update, new Fate.Superseded());
                case TokenLedger.AcceptedBefore(boolean fromWaitingRoom) ->
                    contenders.settle(update, fromWaitingRoom ? new Fate.Accepted() : new Fate.Superseded());
                case TokenLedger.Busy(Duration rest) ->
                    contenders.settle(update, new Fate.Returned(waits.forAnother(rest, update)));
            }
        }
        return granted;
    }

    private List<TokenUpdate> riders(PlannedRequest claimed, Vacancy vacancy, Lease lease, @Nullable Seated seated) {
        var own = new HashSet<TokenKey>();
        claimed.updates().forEach(update -> own.add(update.token().key()));
        List<TokenUpdate> candidates = (seated != null ? seated : room.look(claimed.collection(), TABLE_TIMEOUT))
                .take(vacancy, TABLE_TIMEOUT).stream()
                        .filter(update -> own.add(update.key()))
                        .toList();
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Claim> claims = claim(candidates, lease, true);
        var granted = new ArrayList<TokenUpdate>(candidates.size());
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i) instanceof TokenLedger.Granted) {
                granted.add(candidates.get(i));
            }
        }
        return granted;
    }

    private List<Claim> claim(List<TokenUpdate> tokens, Lease lease, boolean fromWaitingRoom) {
        return ledger.claim(lease.name(), fromWaitingRoom, tokens, lease.begin(), lease.end(), TABLE_TIMEOUT);
    }
}
