package dev.nftrefresh.ledger;

import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger in one process's memory. It forgets the tokens that were claimed longest ago when it is full; a token that
 * is under way is not forgotten before its request has ended.
 */
public final class MemoryLedger implements TokenLedger {
    private final int maxTokens;
    private final LinkedHashMap<TokenKey, TokenEntry> tokens = new LinkedHashMap<>();
    private final Map<String, RequestState> running = new HashMap<>();

    /** Keeps at most this many tokens; about 300 bytes each. */
    public MemoryLedger(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    @Override
    public synchronized List<Claim> claim(String request, List<TokenUpdate> updates, Instant now, Instant leaseEnd) {
        RequestState state = running.computeIfAbsent(request, name -> new RequestState());
        state.lease(leaseEnd);
        var claims = new ArrayList<Claim>(updates.size());
        for (TokenUpdate update : updates) {
            claims.add(claim(state, update, now));
        }
        forgetOldest(now);
        return claims;
    }

    @Override
    public synchronized List<Claim> look(List<TokenUpdate> updates, Instant now) {
        return updates.stream().map(update -> look(update, now)).toList();
    }

    private Claim look(TokenUpdate update, Instant now) {
        TokenEntry entry = tokens.get(update.key());
        return entry == null ? new Granted() : entry.claim(update.version(), now);
    }

    private Claim claim(RequestState request, TokenUpdate update, Instant now) {
        TokenEntry entry = tokens.get(update.key());
        Claim claim = entry == null ? new Granted() : entry.claim(update.version(), now);
        if (claim instanceof Granted) {
            tokens.remove(update.key());
            tokens.put(
                    update.key(),
                    entry == null
                            ? TokenEntry.first(update.version(), request)
                            : entry.claimedBy(request, update.version()));
            request.grant(update.key(), update.version());
        }
        return claim;
    }

    @Override
    public synchronized void ended(String request, RequestEnd end) {
        RequestState state = running.remove(request);
        if (state != null) {
            state.end(end)
                    .forEach((token, version) ->
                            tokens.computeIfPresent(token, (key, entry) -> entry.accepted(version)));
        }
    }

    /** The first entries are those claimed longest ago. */
    private void forgetOldest(Instant now) {
        running.values().removeIf(state -> state.isLongDead(now));
        var oldest = tokens.entrySet().iterator();
        while (tokens.size() > maxTokens && oldest.hasNext()) {
            if (!oldest.next().getValue().isUnderWay(now)) {
                oldest.remove();
            }
        }
    }
}
