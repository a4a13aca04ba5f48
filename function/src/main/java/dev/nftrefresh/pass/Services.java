package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What a pass works with, the same for every event. */
public record Services(
        RefreshApi api,
        Supplier<PassThreads> threads,
        RefreshGate gate,
        TokenLedger ledger,
        CollectionRefusals refusals,
        ApiKeySource apiKey,
        Backoff backoff,
        WaitingRoom room,
        Duration batchingWindow,
        RefreshMetrics metrics,
        Clock clock,
        RandomGenerator random) {}
