package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SHIELDS;
import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.TableWaitingRoom;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.Version;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What bulk takes along of those that wait. */
class BulkPassTest {
    private final Instant reset = Instant.now().plusSeconds(3_600);
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private final WaitingRoom room = new TableWaitingRoom(new MemoryTable(), "copy", Clock.systemUTC());
    private final PassRun run = new PassRun(
                    _ -> new RefreshOutcome.Accepted(new Quota(100L, 50L, null, Duration.ofHours(1), List.of())))
            .withRoom(room)
            .inLane(Lane.BULK);

    @Test
    void largeLiveUpdatesLeaveBulkHalfOfACall() {
        var waiting = new ArrayList<TokenUpdate>();
        Instant now = Instant.now();
        for (int id = 900_000; id < 900_120; id++) {
            byte[] json = ("{\"token_id\":\"" + id + "\",\"name\":\"" + "x".repeat(1_960) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            var token = new TokenJson(json, 0, json.length);
            waiting.add(
                    new TokenUpdate(new TokenKey(SWORDS, Integer.toString(id)), new Version(now, token.hash()), token));
        }
        room.enter(waiting, room.look(SWORDS, AT_MOST), now.plusSeconds(60), now, AT_MOST);
        List<QueuedUpdate> updates = new Queued(now).addMany(SWORDS, 0, 500);
        run.over(updates);
        var first = run.api.requests().getFirst().tokenIds();
        long own = first.stream().filter(id -> Integer.parseInt(id) < 900_000).count();
        assertThat(own).isGreaterThan(50);
    }

    @Test
    void bulkLeavesNoPlaceToWhatWasAcceptedMeanwhile() {
        Instant now = Instant.now();
        List<TokenUpdate> live = new Queued(now)
                .addMany(SWORDS, 900_000, 125).stream().map(QueuedUpdate::token).toList();
        room.enter(live, room.look(SWORDS, AT_MOST), now.plusSeconds(60), now, AT_MOST);
        run.ledger.claim("before", false, live, now, now.plusSeconds(15), AT_MOST);
        run.ledger.ended("before", new TokenLedger.Accepted(), now, AT_MOST);
        run.over(new Queued(now).addMany(SWORDS, 0, 500));
        var sizes = run.api.requests().stream()
                .map(request -> request.tokenIds().size())
                .toList();
        assertThat(sizes.getFirst()).isGreaterThan(240);
    }

    @Test
    void whereTheCallsOfACollectionGoEvenlyThoseOfOthersGoMeanwhile() {
        var remaining = new AtomicLong(720);
        var quota = new PassRun(_ -> new RefreshOutcome.Accepted(
                        new Quota(720L, remaining.decrementAndGet(), reset, Duration.ofHours(1), List.of())))
                .withRoom(room);
        quota.inLane(Lane.BULK).over(new Queued(quota.now()).addMany(SWORDS, 0, 250));
        quota.inLane(Lane.LIVE).over(new Queued(quota.now()).addMany(SWORDS, 900_000, 1));
        int before = quota.api.requests().size();
        var queued = new Queued(quota.now());
        queued.addMany(SWORDS, 1_000, 750);
        queued.addMany(SHIELDS, 0, 250);

        quota.inLane(Lane.BULK).over(queued.updates());

        assertThat(quota.api.requests().subList(before, quota.api.requests().size()))
                .extracting(ScriptedApi.Request::collection)
                .containsExactly(SWORDS, SHIELDS, SWORDS, SWORDS);
    }
}
