package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenItemBatch.TokenItem;
import dev.nftrefresh.ledger.TokenState.LedgerWaits;
import dev.nftrefresh.ledger.TokenState.PendingClaim;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of requests from copies that ran the version of 2026-11, which wrote them into an item of the request, not
 * into its tokens. Before another request takes over a token from such a request whose lease is over, it records that
 * in the request's item, so that the old copy, if it still runs, records an acceptance in each token.
 *
 * <p>Such items expire after 45 days, and so do items of tokens without {@code format}: 45 days after the last deploy
 * of that version you can delete this class, with {@link PendingClaim#hasLegacyOutcome()}.
 */
final class LegacyRequestOutcomes {
    private static final Duration KEPT = Duration.ofDays(45);
    /** The suffix in the names of requests for waiting updates. */
    private static final String WAITING_UPDATES_SUFFIX = "/riders";

    private final SharedTable table;
    private final LedgerWaits waits;

    LegacyRequestOutcomes(SharedTable table, LedgerWaits waits) {
        this.table = table;
        this.waits = waits;
    }

    /**
     * Applies the outcomes of these requests to the states of their tokens; leaves out states whose outcome cannot be
     * read.
     *
     * @param takesOver whether the tokens are about to be claimed
     */
    void resolve(List<TokenItem> items, Instant now, boolean takesOver, RemainingTime time) {
        Map<String, PendingClaim> pending = new LinkedHashMap<>();
        for (TokenItem item : items) {
            PendingClaim claim = claim(item);
            if (claim != null) {
                pending.putIfAbsent(claim.request(), claim);
            }
        }
        if (pending.isEmpty()) {
            return;
        }
        Map<String, ItemFields> ends = new HashMap<>();
        Set<String> unread = read(pending.keySet(), ends, time);
        if (takesOver) {
            List<PendingClaim> abandoned = pending.values().stream()
                    .filter(claim -> !ends.containsKey(claim.request()) && !unread.contains(claim.request()))
                    .filter(claim -> !now.isBefore(claim.until()))
                    .toList();
            unread.addAll(markAbandoned(abandoned, ends, now, time));
        }
        for (TokenItem item : items) {
            PendingClaim claim = claim(item);
            if (claim != null) {
                item.correct(
                        unread.contains(claim.request()) ? null : resolved(item, claim, ends.get(claim.request())));
            }
        }
    }

    private static @Nullable PendingClaim claim(TokenItem item) {
        PendingClaim pending = item.state().pending();
        return pending != null && pending.hasLegacyOutcome() ? pending : null;
    }

    private static SharedTable.ItemKey key(String request) {
        return new SharedTable.ItemKey("request " + request, "end");
    }

    private Set<String> read(Set<String> requests, Map<String, ItemFields> ends, RemainingTime time) {
        SharedTable.ReadResult items =
                table.read(requests.stream().map(LegacyRequestOutcomes::key).toList(), time.left());
        var unread = new HashSet<String>();
        for (String request : requests) {
            TableItem item = items.found().get(key(request));
            if (items.unread().contains(key(request))) {
                unread.add(request);
            } else if (item != null) {
                ends.put(request, ItemFields.of(item.content()));
            }
        }
        return unread;
    }

    /** The requests for which it is unknown whether the takeover was written. */
    private Set<String> markAbandoned(
            List<PendingClaim> abandoned, Map<String, ItemFields> ends, Instant now, RemainingTime time) {
        var texts = new ArrayList<ItemFields>();
        var writes = new ArrayList<ConditionalWrite>();
        for (PendingClaim claim : abandoned) {
            Instant applied = claim.until().plus(waits.appliedAfterLease());
            var fields = new ItemFields();
            fields.put("end", now.isBefore(applied) ? "unknown" : "dead");
            fields.put("until", now.isBefore(applied) ? applied : null);
            texts.add(fields);
            writes.add(new ConditionalWrite(key(claim.request()), null, fields.text(), now.plus(KEPT)));
        }
        List<WriteResult> written = writes.isEmpty() ? List.of() : table.write(writes, time.left());
        var unwritten = new HashSet<String>();
        for (int i = 0; i < written.size(); i++) {
            String request = abandoned.get(i).request();
            switch (written.get(i)) {
                case WriteResult.Succeeded() -> ends.put(request, texts.get(i));
                case WriteResult.Conflict(TableItem current) ->
                    ends.put(request, current == null ? texts.get(i) : ItemFields.of(current.content()));
                case WriteResult.Failed _ -> unwritten.add(request);
            }
        }
        return unwritten;
    }

    private static TokenState resolved(TokenItem item, PendingClaim claim, @Nullable ItemFields end) {
        TokenState state = item.state();
        String request = claim.request();
        if (end == null) {
            return state;
        }
        Instant until = until(end);
        return switch (String.valueOf(end.text("end"))) {
            // Tokens were not sent if it was unknown whether they were claimed.
            case "accepted" ->
                end.texts("except").contains(item.token().key().tokenId())
                        ? state.notApplied(request, false)
                        : state.accepted(
                                request, claim.version(), Instant.EPOCH, request.endsWith(WAITING_UPDATES_SUFFIX));
            case "not applied" -> state.notApplied(request, false);
            case "unknown" -> until == null ? state : state.unknown(request, until, claim.until(), false);
            case "dead" -> state.unknown(request, Instant.EPOCH, claim.until(), false);
            default -> state;
        };
    }

    private static @Nullable Instant until(ItemFields end) {
        try {
            return end.instant("until");
        } catch (DateTimeException _) {
            return null;
        }
    }
}
