package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenItems.Result;
import dev.nftrefresh.ledger.TokenItems.TokenItem;
import dev.nftrefresh.ledger.TokenState.Waits;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the table: an item a token that says everything of it, see {@link TokenState}. A claim is a read and a
 * write of it, what became of the request another write. Items never expire: an update older than one accepted years ago
 * would undo it. What cannot be read or written is busy, and the others go.
 *
 * <p>In a table that forgets, such as a copy's own memory, the ledger forgets too: of a token that was forgotten any version
 * is granted again, also one that is older than what was accepted, and while another request with it is under way.
 */
public final class TableLedger implements TokenLedger {
    /** An item stays as it is until somebody has looked at it. */
    private static final Busy UNREADABLE = new Busy(Duration.ofMinutes(15));
    /** Far more requests than a copy has under way; one that was forgotten would be told as written. */
    private static final int UNDER_WAY = 1_000;
    /** After that others will have written: a write in vain costs more than a read. */
    private static final Duration SEEN_FOR = Duration.ofMinutes(1);
    /** Two events of tokens that came back; some 500 bytes each. */
    private static final int SEEN = 20_000;

    private final Table table;
    private final TableTroubles troubles;
    private final Waits waits;
    private final LegacyRequestEnds legacyEnds;
    private final InstantSource clock;
    private final Map<String, List<Claimed>> claimed = bounded(UNDER_WAY);
    /** Items of tokens that could be claimed when somebody looked: they are claimed as they are, and not read again. */
    private final Map<TokenKey, Seen> seen = bounded(SEEN);

    /**
     * A ledger of one copy in this table.
     *
     * @param troubles are told of items that cannot be read
     * @param stillApplied so long after its lease may be applied what a copy sent before it died
     * @param tokenInterval between an acceptance of a token and its next update; zero if none
     * @param clock by which the time that callers can wait is measured
     */
    public TableLedger(
            Table table, TableTroubles troubles, Duration stillApplied, Duration tokenInterval, InstantSource clock) {
        this.table = table;
        this.troubles = troubles;
        this.waits = new Waits(stillApplied, tokenInterval);
        this.legacyEnds = new LegacyRequestEnds(table, waits);
        this.clock = clock;
    }

    /**
     * A token that a request claimed.
     *
     * @param item as the claim left it; null if nobody knows
     * @param rides whether it goes with the request; if nobody knows whether its claim was written, it does not
     */
    private record Claimed(TokenUpdate token, @Nullable Item item, boolean fromWaitingRoom, boolean rides) {}

    /**
     * An item as somebody saw it.
     *
     * @param item null if there was none
     */
    private record Seen(@Nullable Item item, Instant at) {}

    /** One that forgets what was put there first. */
    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public List<Claim> look(List<TokenUpdate> tokens, Instant now, Duration atMost) {
        var answers = new Claim[tokens.size()];
        List<TokenItem> items = decide(tokens, answers, atMost, now, "", (state, _) -> state);
        synchronized (seen) {
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] instanceof Granted) {
                    seen.put(tokens.get(i).key(), new Seen(items.get(i).item(), now));
                }
            }
        }
        return List.of(answers);
    }

    @Override
    public List<Claim> claim(
            String request,
            boolean fromWaitingRoom,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration atMost) {
        var answers = new Claim[tokens.size()];
        List<TokenItem> items = decide(
                tokens,
                answers,
                atMost,
                now,
                request,
                (state, version) -> state.claimedBy(request, version, leaseEnd, now, waits));
        var held = new ArrayList<Claimed>();
        for (int i = 0; i < answers.length; i++) {
            TokenItem item = items.get(i);
            if (answers[i] instanceof Granted) {
                held.add(new Claimed(item.token(), item.item(), fromWaitingRoom, true));
            } else if (item.isInDoubt()) {
                held.add(new Claimed(item.token(), null, fromWaitingRoom, false));
            }
        }
        synchronized (claimed) {
            claimed.computeIfAbsent(request, _ -> new ArrayList<>()).addAll(held);
        }
        return List.of(answers);
    }

    /** Answers claims by a request, and makes something of what is granted. */
    private List<TokenItem> decide(
            List<TokenUpdate> tokens,
            Claim[] answers,
            Duration atMost,
            Instant now,
            String request,
            BiFunction<TokenState, Version, TokenState> granted) {
        var time = new TimeLeft(clock, atMost);
        var items = new TokenItems(table, troubles, time);
        var added = new ArrayList<TokenItem>(answers.length);
        for (int i = 0; i < answers.length; i++) {
            int place = i;
            Version version = tokens.get(i).version();
            UnaryOperator<TokenState> change = state -> {
                answers[place] = state.claim(request, version, now, waits);
                return answers[place] instanceof Granted ? granted.apply(state, version) : state;
            };
            Seen before = request.isEmpty() ? null : takeSeen(tokens.get(i).key(), now);
            added.add(
                    before == null
                            ? items.add(tokens.get(i), change)
                            : items.addSeenBefore(tokens.get(i), before.item, change));
        }
        items.change(open -> legacyEnds.resolve(open, now, !request.isEmpty(), time));
        for (int i = 0; i < answers.length; i++) {
            switch (added.get(i).result()) {
                case DURABLE -> {}
                case UNKNOWN -> answers[i] = new Unavailable();
                case UNREADABLE -> answers[i] = UNREADABLE;
            }
        }
        return added;
    }

    private @Nullable Seen takeSeen(TokenKey token, Instant now) {
        Seen before;
        synchronized (seen) {
            before = seen.remove(token);
        }
        return before != null && before.at.plus(SEEN_FOR).isAfter(now) ? before : null;
    }

    @Override
    public boolean ended(String request, RequestEnd end, Instant now, Duration atMost) {
        List<Claimed> tokens;
        synchronized (claimed) {
            tokens = claimed.remove(request);
        }
        if (tokens == null) {
            return true;
        }
        var items = new TokenItems(table, troubles, new TimeLeft(clock, atMost));
        var riding = new ArrayList<TokenItem>();
        for (Claimed token : tokens) {
            if (token.rides) {
                riding.add(items.add(token.token, token.item, state -> ended(state, request, token, end, now)));
            } else {
                items.add(token.token, state -> state.notApplied(request, false));
            }
        }
        items.change(_ -> {});
        return riding.stream().allMatch(item -> item.result() == Result.DURABLE);
    }

    private static TokenState ended(TokenState state, String request, Claimed claimed, RequestEnd end, Instant now) {
        return switch (end) {
            case Accepted() -> state.accepted(request, claimed.token.version(), now, claimed.fromWaitingRoom);
            case NotApplied(boolean countsAsFailure) -> state.notApplied(request, countsAsFailure);
            case RefusedWithOthers() -> state.refusedWithOthers(request);
            case RefusedAlone(boolean rejected) -> state.refusedAlone(request, claimed.token.version(), rejected, now);
            case Unknown(Instant until, boolean countsAsFailure) -> state.unknown(request, until, now, countsAsFailure);
        };
    }
}
