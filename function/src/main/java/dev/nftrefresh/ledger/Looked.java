package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the table says of some tokens, and of the requests that claimed them last. */
final class Looked {
    /** An item stays as it is until somebody has looked at it. */
    private static final Busy UNREADABLE = new Busy(Duration.ofMinutes(15));

    private final List<TokenUpdate> tokens;
    private final List<Table.Key> keys;
    private final List<@Nullable Item> items;
    private final List<@Nullable TokenEntry> entries;
    private final Set<Integer> unreadable = new HashSet<>();
    private final Map<String, Ending> endings = new HashMap<>();
    private final TableTroubles troubles;
    private final Duration afterwards;

    Looked(List<TokenUpdate> tokens, TableTroubles troubles, Duration afterwards) {
        this.tokens = tokens;
        this.troubles = troubles;
        this.afterwards = afterwards;
        keys = tokens.stream().map(Looked::key).toList();
        items = new ArrayList<>(tokens.size());
        entries = new ArrayList<>(tokens.size());
    }

    /** Where a token's item is. */
    static Table.Key key(TokenUpdate token) {
        return new Table.Key("token " + token.key(), "entry");
    }

    void read(Table table, Endings known) throws TableUnavailable {
        Map<Table.Key, Item> found = TableLedger.readAll(table, keys);
        for (int i = 0; i < keys.size(); i++) {
            Item item = found.get(keys.get(i));
            items.add(item);
            entries.add(entry(i, item));
        }
        readEndings(known);
    }

    private @Nullable TokenEntry entry(int i, @Nullable Item item) {
        TokenEntry entry = item == null ? null : EntryText.read(item.content());
        if (item == null || entry != null) {
            unreadable.remove(i);
        } else if (unreadable.add(i)) {
            troubles.tell("The item \"%s\" of the table cannot be read, so its token's updates wait: delete that item."
                    .formatted(keys.get(i).partition()));
        }
        return entry;
    }

    /** Reads how the requests went of which that is not known; what is superseded anyway needs no reading. */
    void readEndings(Endings known) throws TableUnavailable {
        Set<String> requests = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            TokenEntry entry = entries.get(i);
            if (entry != null && !(entry.settled(tokens.get(i).version()) instanceof Superseded)) {
                requests.add(entry.request());
            }
        }
        requests.removeAll(endings.keySet());
        if (!requests.isEmpty()) {
            endings.putAll(known.of(requests));
        }
    }

    /** Another claim came first, and left this. */
    void found(int i, @Nullable Item current) {
        items.set(i, current);
        entries.set(i, entry(i, current));
    }

    /** What a claim by this request is answered. */
    Claim claim(int i, String request, Instant now) {
        TokenEntry entry = entries.get(i);
        if (unreadable.contains(i)) {
            return UNREADABLE;
        }
        if (entry == null || isOwn(i, request)) {
            return new Granted();
        }
        return entry.claim(tokens.get(i).version(), ending(i, entry, now), now);
    }

    /** Whether this request has claimed it already: the write went twice, because its first answer was lost. */
    boolean isOwn(int i, String request) {
        TokenEntry entry = entries.get(i);
        return entry != null
                && entry.request().equals(request)
                && entry.claimed().equals(tokens.get(i).version());
    }

    TokenEntry claimedBy(int i, String request, Instant lease, Instant now) {
        TokenEntry entry = entries.get(i);
        return entry == null
                ? TokenEntry.first(tokens.get(i).version(), request, lease)
                : entry.claimedBy(request, tokens.get(i).version(), lease, ending(i, entry, now), now);
    }

    /**
     * Of requests whose lease is over and of which nothing was heard, says in the table that they are dead,
     * before their tokens go to others. Whoever was accepted after all, and only late, finds that and tells each token.
     */
    void buryTheDead(List<Integer> granted, Endings known, Instant now) throws TableUnavailable {
        Map<String, Ending> dead = new HashMap<>();
        for (int i : granted) {
            TokenEntry entry = entries.get(i);
            if (entry != null && endings.get(entry.request()) == null) {
                boolean mayArrive = ending(i, entry, now) instanceof Ending.Unknown;
                dead.put(entry.request(), mayArrive ? ending(i, entry, now) : new Ending.Dead());
            }
        }
        if (!dead.isEmpty()) {
            endings.putAll(known.bury(dead, now));
        }
    }

    private Ending ending(int i, TokenEntry entry, Instant now) {
        Ending ending = endings.get(entry.request());
        if (ending != null) {
            return ending.forToken(tokens.get(i).key().tokenId());
        }
        // Its copy died, but what it sent may still arrive: until then it is as if it had said that it does not know.
        Instant applied = entry.leaseEnd().plus(afterwards);
        boolean mayArrive = !now.isBefore(entry.leaseEnd()) && now.isBefore(applied);
        return mayArrive ? new Ending.Unknown(applied) : new Ending.Running();
    }

    int size() {
        return tokens.size();
    }

    Table.Key key(int i) {
        return keys.get(i);
    }

    @Nullable
    Item item(int i) {
        return items.get(i);
    }

    TokenUpdate token(int i) {
        return tokens.get(i);
    }
}
