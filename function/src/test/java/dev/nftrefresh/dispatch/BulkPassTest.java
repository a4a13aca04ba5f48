package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which waiting updates a bulk request includes. */
class BulkPassTest {
    private final Instant reset = Instant.now().plusSeconds(3_600);
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private final WaitingUpdateStore waitingStore =
            new TableWaitingUpdateStore(new InMemoryTable(), "copy", Clock.systemUTC());
    private final PassRunner run = new PassRunner(_ ->
                    new RefreshOutcome.Accepted(new ReportedQuota(100L, 50L, null, Duration.ofHours(1), List.of())))
            .withWaitingStore(waitingStore)
            .inLane(UpdateLane.BULK);

    @Test
    void bulkKeepsHalfOfARequestBesideLargeLiveUpdates() {
        var waiting = new ArrayList<TokenUpdate>();
        Instant now = Instant.now();
        for (int id = 900_000; id < 900_120; id++) {
            byte[] json = ("{\"token_id\":\"" + id + "\",\"name\":\"" + "x".repeat(1_960) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            var token = new TokenJson(json, 0, json.length);
            waiting.add(new TokenUpdate(
                    new TokenKey(SWORDS, Integer.toString(id)), new UpdateVersion(now, token.hash()), token));
        }
        waitingStore.add(waiting, waitingStore.find(SWORDS, AT_MOST), now.plusSeconds(60), now, AT_MOST);
        List<QueuedUpdate> updates = new QueuedUpdateBuilder(now).addMany(SWORDS, 0, 500);
        run.over(updates);
        var first = run.api.requests().getFirst().tokenIds();
        long own = first.stream().filter(id -> Integer.parseInt(id) < 900_000).count();
        assertThat(own).isGreaterThan(50);
    }

    @Test
    void bulkLeavesNoSpaceForUpdatesAcceptedMeanwhile() {
        Instant now = Instant.now();
        List<TokenUpdate> live = new QueuedUpdateBuilder(now)
                .addMany(SWORDS, 900_000, 125).stream().map(QueuedUpdate::token).toList();
        waitingStore.add(live, waitingStore.find(SWORDS, AT_MOST), now.plusSeconds(60), now, AT_MOST);
        run.ledger.claim("before", false, live, now, now.plusSeconds(15), AT_MOST);
        run.ledger.recordOutcome("before", new TokenLedger.Accepted(), now, AT_MOST);
        run.over(new QueuedUpdateBuilder(now).addMany(SWORDS, 0, 500));
        var sizes = run.api.requests().stream()
                .map(request -> request.tokenIds().size())
                .toList();
        assertThat(sizes.getFirst()).isGreaterThan(240);
    }

    @Test
    void otherCollectionsSendBetweenTheEvenlySpacedCallsOfOne() {
        var remaining = new AtomicLong(720);
        var quota = new PassRunner(_ -> new RefreshOutcome.Accepted(
                        new ReportedQuota(720L, remaining.decrementAndGet(), reset, Duration.ofHours(1), List.of())))
                .withWaitingStore(waitingStore);
        quota.inLane(UpdateLane.BULK).over(new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 0, 250));
        quota.inLane(UpdateLane.LIVE).over(new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 900_000, 1));
        int before = quota.api.requests().size();
        var queued = new QueuedUpdateBuilder(quota.now());
        queued.addMany(SWORDS, 1_000, 750);
        queued.addMany(SHIELDS, 0, 250);

        quota.inLane(UpdateLane.BULK).over(queued.updates());

        assertThat(quota.api.requests().subList(before, quota.api.requests().size()))
                .extracting(ScriptedApi.ReceivedRequest::collection)
                .containsExactly(SWORDS, SHIELDS, SWORDS, SWORDS);
    }

    @Test
    void aLiveUpdateThatComesJustBeforeBulksNextCallWaitsAtOnceWhereThatFindsIt() {
        var remaining = new AtomicLong(720);
        var quota = new PassRunner(_ -> new RefreshOutcome.Accepted(
                        new ReportedQuota(720L, remaining.decrementAndGet(), reset, Duration.ofHours(1), List.of())))
                .withWaitingStore(waitingStore);
        quota.inLane(UpdateLane.BULK).over(new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 0, 250));
        quota.inLane(UpdateLane.LIVE).over(new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 900_000, 1));
        quota.inLane(UpdateLane.BULK).over(new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 250, 250));
        quota.later(Duration.ofMillis(4_700)); // calls go each five seconds
        QueuedUpdate update =
                new QueuedUpdateBuilder(quota.now()).addMany(SWORDS, 900_001, 1).getFirst();

        Instant before = quota.now();

        quota.inLane(UpdateLane.LIVE).over(List.of(update));

        assertThat(quota.now()).isEqualTo(before);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates())
                .extracting(TokenUpdate::key)
                .containsExactly(update.token().key());
    }
}
