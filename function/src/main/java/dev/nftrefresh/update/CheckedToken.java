package dev.nftrefresh.update;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of reading a text that should hold one token. */
public sealed interface CheckedToken {
    /**
     * A token that may be sent.
     *
     * @param updatedAt the token's own, absent if it carries none
     * @param json what is sent: at most 16,384 bytes, without our own {@code updated_at}
     */
    record Valid(TokenKey key, @Nullable Instant updatedAt, TokenJson json) implements CheckedToken {}

    /**
     * One that never will be.
     *
     * @param tokenId without leading zeros, or {@code ?} where it cannot be read
     */
    record Invalid(Rejection rejection, String tokenId) implements CheckedToken {}
}
