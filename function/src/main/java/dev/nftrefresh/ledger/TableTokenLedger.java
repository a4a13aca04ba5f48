package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenItemBatch.ChangeResult;
import dev.nftrefresh.ledger.TokenItemBatch.TokenItem;
import dev.nftrefresh.ledger.TokenState.LedgerWaits;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
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
 * The ledger in the table: one item a token with its whole state, see {@link TokenState}. A claim reads and writes it,
 * and the request's outcome writes it again. Items never expire: otherwise an update older than one accepted years ago
 * would overwrite it. A token whose item cannot be read or written is busy, and the others are sent.
 *
 * <p>In a table that discards items, such as a copy's own memory, the ledger forgets too: any version of a forgotten
 * token is granted, even one older than what was accepted, and even while another request with it is in flight.
 */
public final class TableTokenLedger implements TokenLedger {
    /** An unreadable item is not overwritten until somebody has examined it. */
    private static final Busy UNREADABLE = new Busy(Duration.ofMinutes(15));
    /** Far more requests than a copy has in flight; a forgotten one would be reported as written. */
    private static final int MAX_PENDING_REQUESTS = 1_000;
    /** After this time other copies have probably written: a failed write costs more than a read. */
    private static final Duration SEEN_ITEM_LIFETIME = Duration.ofMinutes(1);
    /** Two events of redelivered tokens; some 500 bytes each. */
    private static final int MAX_SEEN_ITEMS = 20_000;

    private final SharedTable table;
    private final TableFailureListener failureListener;
    private final LedgerWaits waits;
    private final LegacyRequestOutcomes legacyEnds;
    private final InstantSource clock;
    private final Map<String, List<ClaimedToken>> claimed = bounded(MAX_PENDING_REQUESTS);
    /** Items of tokens that a preview found free: they are claimed without another read. */
    private final Map<TokenKey, SeenItem> seen = bounded(MAX_SEEN_ITEMS);

    /**
     * One copy's ledger in this table.
     *
     * @param failureListener is called for items that cannot be read
     * @param appliedAfterLease how long after its lease a request may still be applied that its copy sent before it
     *     crashed
     * @param tokenInterval between an acceptance of a token and its next update; zero if none
     * @param clock that measures the time that callers can wait
     */
    public TableTokenLedger(
            SharedTable table,
            TableFailureListener failureListener,
            Duration appliedAfterLease,
            Duration tokenInterval,
            InstantSource clock) {
        this.table = table;
        this.failureListener = failureListener;
        this.waits = new LedgerWaits(appliedAfterLease, tokenInterval);
        this.legacyEnds = new LegacyRequestOutcomes(table, waits);
        this.clock = clock;
    }

    /**
     * A token that a request claimed.
     *
     * @param item as the claim left it; null if unknown
     * @param isIncluded whether the request includes it: not if it is unknown whether its claim was written
     */
    private record ClaimedToken(
            TokenUpdate token, @Nullable TableItem item, boolean fromWaitingUpdates, boolean isIncluded) {}

    /**
     * An item as it was read.
     *
     * @param item null if there was none
     */
    private record SeenItem(@Nullable TableItem item, Instant at) {}

    /** A map that discards its oldest entries. */
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
    public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
        var answers = new ClaimResult[tokens.size()];
        List<TokenItem> items = decide(tokens, answers, timeout, now, "", (state, _) -> state);
        synchronized (seen) {
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] instanceof Granted) {
                    seen.put(tokens.get(i).key(), new SeenItem(items.get(i).item(), now));
                }
            }
        }
        return List.of(answers);
    }

    @Override
    public List<ClaimResult> claim(
            String request,
            boolean fromWaitingUpdates,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration timeout) {
        var answers = new ClaimResult[tokens.size()];
        List<TokenItem> items = decide(
                tokens,
                answers,
                timeout,
                now,
                request,
                (state, version) -> state.claimedBy(request, version, leaseEnd, now, waits));
        var held = new ArrayList<ClaimedToken>();
        for (int i = 0; i < answers.length; i++) {
            TokenItem item = items.get(i);
            if (answers[i] instanceof Granted) {
                held.add(new ClaimedToken(item.token(), item.item(), fromWaitingUpdates, true));
            } else if (item.isWriteUnconfirmed()) {
                held.add(new ClaimedToken(item.token(), null, fromWaitingUpdates, false));
            }
        }
        synchronized (claimed) {
            claimed.computeIfAbsent(request, _ -> new ArrayList<>()).addAll(held);
        }
        return List.of(answers);
    }

    /** Answers claims of a request, and handles each that is granted. */
    private List<TokenItem> decide(
            List<TokenUpdate> tokens,
            ClaimResult[] answers,
            Duration timeout,
            Instant now,
            String request,
            BiFunction<TokenState, UpdateVersion, TokenState> granted) {
        var time = new RemainingTime(clock, timeout);
        var items = new TokenItemBatch(table, failureListener, time);
        var added = new ArrayList<TokenItem>(answers.length);
        for (int i = 0; i < answers.length; i++) {
            int place = i;
            UpdateVersion version = tokens.get(i).version();
            UnaryOperator<TokenState> change = state -> {
                answers[place] = state.claim(request, version, now, waits);
                return answers[place] instanceof Granted ? granted.apply(state, version) : state;
            };
            SeenItem before = request.isEmpty() ? null : takeSeen(tokens.get(i).key(), now);
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

    private @Nullable SeenItem takeSeen(TokenKey token, Instant now) {
        SeenItem before;
        synchronized (seen) {
            before = seen.remove(token);
        }
        return before != null && before.at.plus(SEEN_ITEM_LIFETIME).isAfter(now) ? before : null;
    }

    @Override
    public boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout) {
        List<ClaimedToken> tokens;
        synchronized (claimed) {
            tokens = claimed.remove(request);
        }
        if (tokens == null) {
            return true;
        }
        var items = new TokenItemBatch(table, failureListener, new RemainingTime(clock, timeout));
        var included = new ArrayList<TokenItem>();
        for (ClaimedToken token : tokens) {
            if (token.isIncluded) {
                included.add(items.add(token.token, token.item, state -> ended(state, request, token, end, now)));
            } else {
                items.add(token.token, state -> state.notApplied(request, false));
            }
        }
        items.change(_ -> {});
        return included.stream().allMatch(item -> item.result() == ChangeResult.DURABLE);
    }

    private static TokenState ended(
            TokenState state, String request, ClaimedToken claimed, RequestOutcome end, Instant now) {
        return switch (end) {
            case Accepted() -> state.accepted(request, claimed.token.version(), now, claimed.fromWaitingUpdates);
            case NotApplied(boolean countsAsFailure) -> state.notApplied(request, countsAsFailure);
            case RefusedWithOthers() -> state.refusedWithOthers(request);
            case RefusedAlone(boolean rejected) -> state.refusedAlone(request, claimed.token.version(), rejected, now);
            case Unknown(Instant until, boolean countsAsFailure) -> state.unknown(request, until, now, countsAsFailure);
        };
    }
}
