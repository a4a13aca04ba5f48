package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells each token of a request that it was accepted after all, when another copy has already taken the request for
 * dead. That is rare, and the only time that a token costs a second write.
 */
final class LateAcceptance {
    private static final int ROUNDS = 10;

    private final Table table;
    private final Duration kept;

    LateAcceptance(Table table, Duration kept) {
        this.table = table;
        this.kept = kept;
    }

    /** Whether each of them could be told. */
    boolean tell(String request, List<TokenUpdate> accepted) {
        List<TokenUpdate> left = accepted;
        try {
            for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
                left = tellOnce(request, left);
            }
        } catch (TableUnavailable _) {
            return false;
        }
        return left.isEmpty();
    }

    /** Those that changed at the same time, or could not be written. */
    private List<TokenUpdate> tellOnce(String request, List<TokenUpdate> tokens) throws TableUnavailable {
        Map<Table.Key, Item> items =
                TableLedger.readAll(table, tokens.stream().map(Looked::key).toList());
        List<Write> writes = tokens.stream()
                .map(token -> write(request, token, items.get(Looked.key(token))))
                .toList();
        List<Written> written = table.write(writes, TableLedger.PATIENCE);
        var left = new ArrayList<TokenUpdate>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!(written.get(i) instanceof Written.Done)) {
                left.add(tokens.get(i));
            }
        }
        return left;
    }

    private Write write(String request, TokenUpdate token, @Nullable Item item) {
        TokenEntry entry = item == null ? null : EntryText.read(item.content());
        TokenEntry known = entry == null
                ? TokenEntry.first(token.version(), request, token.version().time())
                : entry;
        TokenEntry told = known.withAccepted(token.version());
        Instant lease = told.leaseEnd();
        return new Write(Looked.key(token), item, EntryText.of(told), lease.plus(kept));
    }
}
