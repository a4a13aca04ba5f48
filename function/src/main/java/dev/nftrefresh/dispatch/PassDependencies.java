package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a pass needs, the same for every event.
 *
 * @param deferredLookupThreshold a redelivered event with at least so many tokens is looked up only once its requests are
 *     granted: those of a full request, as other requests may include fewer
 */
public record PassDependencies(
        RefreshApi api,
        Supplier<PassThreads> threads,
        RateLimiter limiter,
        TokenLedger ledger,
        CollectionRefusalStore refusals,
        ApiKeySource apiKey,
        JitteredBackoff backoff,
        WaitingUpdateStore waitingStore,
        Duration batchingWindow,
        int deferredLookupThreshold,
        RefreshMetrics metrics,
        Clock clock,
        RandomGenerator random) {}
