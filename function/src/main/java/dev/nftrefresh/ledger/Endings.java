package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.RequestEnd;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.TokenUpdate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How requests ended, as items of the table that are written once: by the copy that sent the request, or by another one
 * that found its lease over and took it for dead. So exactly one of the two holds, whoever comes first.
 */
final class Endings {
    /** Of the copy's own requests: those it may be asked for again soon. */
    private static final int REMEMBERED = 1_000;

    private final Table table;
    private final Duration kept;
    private final LateAcceptance late;
    private final Map<String, Ending> known = bounded();
    private final Map<String, Sent> running = bounded();
    private final List<Untold> untold = new ArrayList<>();

    Endings(Table table, Duration kept) {
        this.table = table;
        this.kept = kept;
        late = new LateAcceptance(table, kept);
    }

    /** A request of this copy, and what it was granted. */
    private record Sent(Instant leaseEnd, List<TokenUpdate> granted, Set<String> inDoubt) {
        Sent(Instant leaseEnd) {
            this(leaseEnd, new ArrayList<>(), new HashSet<>());
        }
    }

    /** An ending that could not be written yet. */
    private record Untold(String request, Ending ending, Sent sent) {}

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private static Table.Key key(String request) {
        return new Table.Key("request " + request, "end");
    }

    /** The lease of a request that claims, perhaps not for the first time; it never becomes shorter. */
    synchronized Instant lease(String request, Instant leaseEnd) {
        Sent sent = running.computeIfAbsent(request, _ -> new Sent(leaseEnd));
        if (leaseEnd.isAfter(sent.leaseEnd)) {
            running.put(request, new Sent(leaseEnd, sent.granted, sent.inDoubt));
            return leaseEnd;
        }
        return sent.leaseEnd;
    }

    synchronized void granted(String request, TokenUpdate token) {
        Sent sent = running.get(request);
        if (sent != null) {
            sent.granted.add(token);
        }
    }

    /** Nobody knows whether this token's claim was written: it does not ride, whatever becomes of the request. */
    synchronized void inDoubt(String request, TokenUpdate token) {
        Sent sent = running.get(request);
        if (sent != null) {
            sent.inDoubt.add(token.key().tokenId());
        }
    }

    /** How these went; those of which nothing was heard are absent. */
    Map<String, Ending> of(Set<String> requests) throws TableUnavailable {
        var found = new HashMap<String, Ending>();
        var keys = new ArrayList<Table.Key>();
        synchronized (this) {
            for (String request : requests) {
                Ending ending = known.get(request);
                if (ending != null) {
                    found.put(request, ending);
                } else {
                    keys.add(key(request));
                }
            }
        }
        Map<Table.Key, Item> items = keys.isEmpty() ? Map.of() : TableLedger.readAll(table, keys);
        for (String request : requests) {
            Item item = items.get(key(request));
            if (item != null) {
                found.put(request, Ending.of(item.content()));
            }
        }
        return found;
    }

    /** Says of requests of which nothing was heard how they are to be taken; how they really ended, if they said so first. */
    Map<String, Ending> bury(Map<String, Ending> dead, Instant now) throws TableUnavailable {
        var requests = List.copyOf(dead.keySet());
        var buried = new HashMap<String, Ending>();
        List<Written> written = table.write(
                requests.stream()
                        .map(request ->
                                new Write(key(request), null, get(dead, request).text(), now.plus(kept)))
                        .toList(),
                TableLedger.PATIENCE);
        for (int i = 0; i < requests.size(); i++) {
            Ending ending =
                    switch (written.get(i)) {
                        case Written.Done() -> get(dead, requests.get(i));
                        case Written.Conflict(Item current) ->
                            current == null ? get(dead, requests.get(i)) : Ending.of(current.content());
                        case Written.Failed(String reason) ->
                            throw new TableUnavailable(reason, new IOException(reason));
                    };
            // Not remembered: it may yet be heard of.
            buried.put(requests.get(i), ending);
        }
        return buried;
    }

    private static Ending get(Map<String, Ending> endings, String request) {
        return Objects.requireNonNull(endings.get(request), request);
    }

    /** Writes down how a request of this copy ended; if that cannot be done, it is tried again later. */
    void tell(String request, RequestEnd end) {
        Sent sent;
        synchronized (this) {
            sent = running.remove(request);
        }
        if (sent == null || (sent.granted.isEmpty() && sent.inDoubt.isEmpty())) {
            return;
        }
        tell(new Untold(request, Ending.of(end, sent.inDoubt), sent));
    }

    private boolean tell(Untold one) {
        boolean told =
                switch (table.write(List.of(write(one, null)), TableLedger.PATIENCE)
                        .getFirst()) {
                    case Written.Done() -> true;
                    case Written.Conflict(Item current) -> foundAnother(one, current);
                    case Written.Failed _ -> false;
                };
        synchronized (this) {
            if (told) {
                known.put(one.request, one.ending);
            } else {
                untold.add(one);
            }
        }
        return told;
    }

    /** It was taken for dead meanwhile, or this very ending was written already. */
    private boolean foundAnother(Untold one, @Nullable Item current) {
        if (current == null || Ending.of(current.content()).equals(one.ending)) {
            return true;
        }
        return switch (one.ending) {
            case Ending.Accepted _ -> late.tell(one.request, one.sent.granted);
            // Whoever has claimed a token meanwhile goes on; the others wait.
            case Ending.Unknown _, Ending.NotApplied() ->
                table.write(List.of(write(one, current)), TableLedger.PATIENCE).getFirst() instanceof Written.Done;
            case Ending.Dead(), Ending.Running() -> true;
        };
    }

    /**
     * Writes down what could not be written before; until that is done, nothing else is decided.
     *
     * @throws TableUnavailable if it still cannot be written
     */
    void tellAgain() throws TableUnavailable {
        List<Untold> again;
        synchronized (this) {
            again = List.copyOf(untold);
            untold.clear();
        }
        boolean all = true;
        for (Untold one : again) {
            all &= tell(one);
        }
        if (!all) {
            throw new TableUnavailable(
                    "How a request ended could not be written down.", new IOException("The table did not take it."));
        }
    }

    private Write write(Untold one, @Nullable Item seen) {
        return new Write(key(one.request), seen, one.ending.text(), one.sent.leaseEnd.plus(kept));
    }
}
