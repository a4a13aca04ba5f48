package dev.nftrefresh.operator.token;

import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.ledger.TokenStatus;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import dev.nftrefresh.update.TokenKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about a token.
 *
 * @param ledgerIsKept whether the ledger is written; without it, acceptances are only in the log
 * @param waiting its newest update in the table that waits; null if none does
 * @param refusal of its collection; null if it is not refused
 * @param messages that wait in the queues, whose content cannot be read
 * @param backlogThrough when all of these will be done; null if unknown
 * @param tokenInterval between an acceptance of a token and its next update
 */
record TokenEvidence(
        TokenKey token,
        Instant at,
        boolean ledgerIsKept,
        boolean paused,
        TokenStatus ledger,
        @Nullable WaitingUpdate waiting,
        @Nullable CollectionRefusal refusal,
        RateLimiterStatus limiter,
        TokenLog log,
        long messages,
        @Nullable Instant backlogThrough,
        Duration tokenInterval) {}
