package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ledger in the table: an item a token says which version was claimed last, by which request, and which one was
 * accepted before; an item a request says how that request went, and is written once, when it ends. So a token costs one
 * read and one write, and a request one write. Where the table cannot be reached nothing is granted.
 */
public final class TableLedger implements TokenLedger {
    /** A message lives 14 days, and its dead letter 14 more; whoever redrives it later has been warned long enough. */
    static final Duration KEPT = Duration.ofDays(45);

    /** Each further round is for those who lost a race for a token. */
    private static final int ROUNDS = 3;

    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Table table;
    private final TableTroubles troubles;
    private final Endings endings;
    private final Duration afterwards;

    /**
     * A ledger of one copy in this table.
     *
     * @param troubles are told of items that cannot be read
     * @param afterwards so long after its lease may be applied what a copy sent before it died
     */
    public TableLedger(Table table, TableTroubles troubles, Duration afterwards) {
        this.table = table;
        this.troubles = troubles;
        this.afterwards = afterwards;
        this.endings = new Endings(table, KEPT);
    }

    /** The items with these keys, or nothing if one of them cannot be read. */
    static Map<Table.Key, Table.Item> readAll(Table table, Collection<Table.Key> keys) throws TableUnavailable {
        Table.Items items = table.read(keys, PATIENCE);
        if (!items.unread().isEmpty()) {
            throw new TableUnavailable(items.reason(), null);
        }
        return items.found();
    }

    @Override
    public List<Claim> look(List<TokenUpdate> tokens, Instant now) {
        var looked = new Looked(tokens, troubles, afterwards);
        try {
            looked.read(table, endings);
            return IntStream.range(0, tokens.size())
                    .mapToObj(i -> looked.claim(i, "", now))
                    .toList();
        } catch (TableUnavailable _) {
            return tokens.stream().<Claim>map(_ -> Claiming.TRY_LATER).toList();
        }
    }

    @Override
    public List<Claim> claim(String request, List<TokenUpdate> tokens, Instant now, Instant leaseEnd) {
        Instant lease = endings.lease(request, leaseEnd);
        var looked = new Looked(tokens, troubles, afterwards);
        var claiming = new Claiming(request, looked, now, lease);
        try {
            endings.tellAgain();
            looked.read(table, endings);
            for (int round = 0; round < ROUNDS && claiming.isOpen(); round++) {
                if (round > 0) {
                    looked.readEndings(endings);
                }
                claiming.round(table, endings);
            }
        } catch (TableUnavailable _) {
            // What an earlier round has claimed stays granted: it is in the table, and its request must carry it.
        }
        return claiming.answers();
    }

    @Override
    public void ended(String request, RequestEnd end) {
        endings.tell(request, end);
    }
}
