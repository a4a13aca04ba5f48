package dev.nftrefresh.ledger;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Instant;

/** Updates of which only the token and the version matter, on a clock whose zero is noon. */
final class LedgerUpdates {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final TokenJson EMPTY = new TokenJson(new byte[0], 0, 0);

    private LedgerUpdates() {}

    static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    /** A token's n-th update, made n milliseconds after a moment an hour ago. */
    static TokenUpdate of(String tokenId, int version) {
        return of(tokenId, version, 0);
    }

    static TokenUpdate of(String tokenId, int version, long hash) {
        return of("0x8a90cab2b38dba80c64b7734e58ee1db38b8992e", tokenId, new UpdateVersion(made(version), hash));
    }

    static TokenUpdate made(String tokenId, Instant time) {
        return of("0x8a90cab2b38dba80c64b7734e58ee1db38b8992e", tokenId, new UpdateVersion(time, 0));
    }

    static TokenUpdate ofOtherCollection(String tokenId, int version) {
        return of("0x0000000000000000000000000000000000000001", tokenId, new UpdateVersion(made(version), 0));
    }

    private static Instant made(int version) {
        return NOON.minusSeconds(3_600).plusMillis(version);
    }

    private static TokenUpdate of(String address, String tokenId, UpdateVersion version) {
        return new TokenUpdate(new TokenKey(new CollectionId("imtbl-zkevm-testnet", address), tokenId), version, EMPTY);
    }
}
