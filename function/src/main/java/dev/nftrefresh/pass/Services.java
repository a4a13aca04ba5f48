package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.Jitter;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Clock;

/** What a pass works with, the same for every event. */
public record Services(
        RefreshApi api,
        RefreshGate gate,
        TokenLedger ledger,
        ApiKeySource apiKey,
        Backoff backoff,
        Jitter jitter,
        RefreshMetrics metrics,
        Clock clock) {}
