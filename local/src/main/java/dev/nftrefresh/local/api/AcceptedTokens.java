package dev.nftrefresh.local.api;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was accepted of each token and when, and how often that undid something newer. */
final class AcceptedTokens {
    private final Map<Key, LastAcceptedUpdate> tokens = new HashMap<>();
    private long stale;

    private record Key(String contractAddress, BigInteger tokenId) {
        static Key of(String contractAddress, String tokenId) {
            return new Key(contractAddress.toLowerCase(Locale.ROOT), new BigInteger(tokenId));
        }
    }

    /** A request was accepted, answered or not. */
    synchronized void add(String contractAddress, List<ReceivedToken> accepted, Instant now) {
        for (ReceivedToken token : accepted) {
            Key key = Key.of(contractAddress, token.tokenId());
            LastAcceptedUpdate before = tokens.get(key);
            @Nullable Long known = before == null ? null : before.newestVersion();
            @Nullable Long version = token.version();
            boolean older = version != null && known != null && version < known;
            stale += older ? 1 : 0;
            tokens.put(key, new LastAcceptedUpdate(now, version, version == null || older ? known : version));
        }
    }

    synchronized Optional<LastAcceptedUpdate> last(String contractAddress, String tokenId) {
        return Optional.ofNullable(tokens.get(Key.of(contractAddress, tokenId)));
    }

    /** Updates that were accepted after a newer one of the same token. */
    synchronized long stale() {
        return stale;
    }
}
