package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/** One request claims its tokens, in rounds: whoever loses a race for a token looks at it again. */
final class Claiming {
    /** How long a token stays away whose claim failed. */
    static final Busy TRY_LATER = new Busy(Duration.ofSeconds(5));

    private final String request;
    private final Looked looked;
    private final Instant now;
    private final Instant lease;
    private final Claim[] claims;
    /** Places of those that no round has answered yet. */
    private List<Integer> open;

    Claiming(String request, Looked looked, Instant now, Instant lease) {
        this.request = request;
        this.looked = looked;
        this.now = now;
        this.lease = lease;
        claims = new Claim[looked.size()];
        Arrays.fill(claims, TRY_LATER);
        open = IntStream.range(0, looked.size()).boxed().toList();
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /** One answer for each token; who is still open comes back later. */
    List<Claim> answers() {
        return List.of(claims);
    }

    /** Claims those that may be claimed; those stay open that somebody else claimed at the same time. */
    void round(Table table, Endings endings) throws TableUnavailable {
        looked.buryTheDead(claimable(), endings, now);
        // That may have brought to light that a request was accepted, so it is asked again what may be claimed.
        List<Integer> claimable = claimable();
        open.forEach(i -> claims[i] = looked.claim(i, request, now));
        List<Written> written = claimable.isEmpty()
                ? List.of()
                : table.write(claimable.stream().map(this::write).toList(), TableLedger.PATIENCE);
        var lost = new LinkedHashSet<Integer>();
        for (int k = 0; k < written.size(); k++) {
            int i = claimable.get(k);
            switch (written.get(k)) {
                case Written.Done() -> {}
                case Written.Conflict(Item current) -> {
                    looked.found(i, current);
                    if (!looked.isOwn(i, request)) {
                        claims[i] = TRY_LATER;
                        lost.add(i);
                    }
                }
                case Written.Failed _ -> {
                    claims[i] = TRY_LATER;
                    endings.inDoubt(request, looked.token(i));
                }
            }
        }
        open.stream().filter(i -> claims[i] instanceof Granted).forEach(i -> endings.granted(request, looked.token(i)));
        open = List.copyOf(lost);
    }

    /** Those of which this request may write that it claims them. */
    private List<Integer> claimable() {
        return open.stream()
                .filter(i -> looked.claim(i, request, now) instanceof Granted && !looked.isOwn(i, request))
                .toList();
    }

    private Write write(int i) {
        TokenEntry entry = looked.claimedBy(i, request, lease, now);
        return new Write(looked.key(i), looked.item(i), EntryText.of(entry), now.plus(TableLedger.KEPT));
    }
}
