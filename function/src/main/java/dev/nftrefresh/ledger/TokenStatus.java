package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenState.Acceptance;
import dev.nftrefresh.ledger.TokenState.PendingClaim;
import dev.nftrefresh.ledger.TokenState.RefusedVersion;
import dev.nftrefresh.ledger.TokenState.UnconfirmedVersion;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about a token, for people to read.
 *
 * @param tried whether it was ever in a request
 * @param accepted the newest version that was accepted
 * @param claimed the version in a request that is in flight, or whose outcome was not recorded
 * @param unconfirmed the newest version that may have been accepted although its answer was lost
 * @param refused the version that the API refused alone last, if nothing newer was accepted since
 */
public record TokenStatus(
        boolean tried,
        @Nullable VersionAt accepted,
        @Nullable VersionAt claimed,
        @Nullable VersionAt unconfirmed,
        @Nullable VersionAt refused) {
    /** Nothing is known. */
    public static final TokenStatus UNKNOWN = new TokenStatus(false, null, null, null, null);

    /**
     * A version, and a time that belongs to it.
     *
     * @param at when it was accepted or refused; until when its request may be in flight; or until when older ones wait
     *     for it
     */
    public record VersionAt(UpdateVersion version, Instant at) {}

    /**
     * Reads a token's item.
     *
     * @throws TableUnavailableException if it could not be read, or is not what this release writes
     */
    public static TokenStatus read(SharedTable table, TokenKey token, Duration timeout)
            throws TableUnavailableException {
        SharedTable.ItemKey key = TokenItemBatch.key(token);
        TableItem item = table.read(List.of(key), timeout).get(key);
        if (item == null) {
            return UNKNOWN;
        }
        TokenState state = TokenStateJson.read(item.content());
        if (state == null) {
            throw new TableUnavailableException(
                    "The item \"%s\" of the table cannot be read: see docs/operations.md#table-unavailable."
                            .formatted(key.partition()),
                    null);
        }
        return of(state);
    }

    static TokenStatus of(TokenState state) {
        Acceptance accepted = state.accepted();
        PendingClaim pending = state.pending();
        UnconfirmedVersion unconfirmed = state.unconfirmed();
        RefusedVersion refused = state.refused();
        return new TokenStatus(
                true,
                accepted == null ? null : new VersionAt(accepted.version(), accepted.at()),
                pending == null ? null : new VersionAt(pending.version(), pending.until()),
                unconfirmed == null ? null : new VersionAt(unconfirmed.version(), unconfirmed.olderVersionsWaitUntil()),
                refused == null ? null : new VersionAt(refused.version(), refused.at()));
    }
}
