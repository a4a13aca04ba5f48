package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics.Trouble;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the table: an item a token says which version was claimed last, by which request, and which one was
 * accepted before; an item a request says how that request went, and is written once, when it ends. So a token costs one
 * read and one write, and a request one write. Where the table cannot be reached nothing is granted.
 */
public final class TableLedger implements TokenLedger {
    /** A message lives 14 days, and its dead letter 14 more; whoever redrives it later has been warned long enough. */
    private static final Duration KEPT = Duration.ofDays(45);
    /** How long a token stays away whose claim failed. */
    private static final Busy TRY_LATER = new Busy(Duration.ofSeconds(5));
    /** Each further round is for those who lost a race for a token. */
    private static final int ROUNDS = 3;

    private final Table table;
    private final RefreshMetrics metrics;
    private final Endings endings;
    private final Duration afterwards;

    /**
     * A ledger of one copy in this table.
     *
     * @param afterwards so long after its lease may be applied what a copy sent before it died
     */
    public TableLedger(Table table, RefreshMetrics metrics, Duration afterwards) {
        this.table = table;
        this.metrics = metrics;
        this.afterwards = afterwards;
        this.endings = new Endings(table, KEPT);
    }

    @Override
    public List<Claim> look(List<TokenUpdate> tokens, Instant now) {
        var looked = new Looked(tokens, afterwards);
        try {
            looked.read(table, endings);
            return IntStream.range(0, tokens.size())
                    .mapToObj(i -> looked.claim(i, "", now))
                    .toList();
        } catch (TableUnavailable _) {
            return unavailable(tokens);
        }
    }

    @Override
    public List<Claim> claim(String request, List<TokenUpdate> tokens, Instant now, Instant leaseEnd) {
        Instant lease = endings.lease(request, leaseEnd);
        var looked = new Looked(tokens, afterwards);
        Claim[] claims = new Claim[tokens.size()];
        List<Integer> open = IntStream.range(0, tokens.size()).boxed().toList();
        try {
            endings.tellAgain();
            looked.read(table, endings);
            for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
                if (round > 0) {
                    looked.readEndings(endings);
                }
                open = claim(request, looked, open, claims, now, lease);
            }
        } catch (TableUnavailable _) {
            metrics.trouble(Trouble.TABLE_UNAVAILABLE);
        }
        // What an earlier round has claimed stays granted: it is in the table, and its request must carry it.
        open.forEach(i -> claims[i] = TRY_LATER);
        return List.of(claims);
    }

    private List<Claim> unavailable(List<TokenUpdate> tokens) {
        metrics.trouble(Trouble.TABLE_UNAVAILABLE);
        return tokens.stream().<Claim>map(_ -> TRY_LATER).toList();
    }

    /** Claims those that may be claimed, and says which of them somebody else claimed at the same time. */
    private List<Integer> claim(
            String request, Looked looked, List<Integer> open, @Nullable Claim[] claims, Instant now, Instant lease)
            throws TableUnavailable {
        var granted = new ArrayList<Integer>();
        var writes = new ArrayList<Write>();
        for (int i : open) {
            Claim claim = looked.claim(i, request, now);
            claims[i] = claim;
            if (claim instanceof Granted && !looked.isOwn(i, request)) {
                granted.add(i);
            }
        }
        looked.buryTheDead(granted, endings, now);
        granted.removeIf(i -> {
            claims[i] = looked.claim(i, request, now);
            return !(claims[i] instanceof Granted);
        });
        for (int i : granted) {
            TokenEntry entry = looked.claimedBy(i, request, lease, now);
            writes.add(new Write(looked.key(i), looked.item(i), EntryText.of(entry), now.plus(KEPT)));
        }
        List<Written> written = writes.isEmpty() ? List.of() : table.write(writes);
        var lost = new ArrayList<Integer>();
        boolean failed = false;
        for (int k = 0; k < written.size(); k++) {
            int i = granted.get(k);
            switch (written.get(k)) {
                case Written.Done() -> {}
                case Written.Conflict(Item current) -> {
                    looked.found(i, current);
                    if (!looked.isOwn(i, request)) {
                        lost.add(i);
                    }
                }
                case Written.Failed _ -> {
                    claims[i] = TRY_LATER;
                    endings.inDoubt(request, looked.token(i));
                    failed = true;
                }
            }
        }
        if (failed) {
            metrics.trouble(Trouble.TABLE_UNAVAILABLE);
        }
        for (int i : open) {
            if (claims[i] instanceof Granted && !lost.contains(i)) {
                endings.granted(request, looked.token(i));
            }
        }
        return lost;
    }

    @Override
    public void ended(String request, RequestEnd end) {
        if (!endings.tell(request, end)) {
            metrics.trouble(Trouble.TABLE_UNAVAILABLE);
        }
    }
}
