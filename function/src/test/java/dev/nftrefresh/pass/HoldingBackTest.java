package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SHIELDS;
import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.TableWaitingRoom;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a pass does with requests that must not go yet: some are not full, for some the quota is used up. */
class HoldingBackTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    /** 100 an hour, of which 36 are left: one in 100 s. */
    private final AtomicLong remaining = new AtomicLong(36);

    private final Instant reset = Instant.now().plusSeconds(3600);
    private final WaitingRoom room = new TableWaitingRoom(new MemoryTable(), "copy", Clock.systemUTC());
    private final PassRun run = new PassRun(_ -> accepted()).withRoom(room);

    private RefreshOutcome accepted() {
        return new RefreshOutcome.Accepted(
                new Quota(100L, remaining.getAndDecrement(), reset, Duration.ofHours(1), List.of()));
    }

    private static Duration wait(Fate fate) {
        assertThat(fate).isInstanceOf(Fate.Returned.class);
        return ((Fate.Returned) fate).retryIn();
    }

    /** One partly filled request went just now. */
    private void spendOne() {
        var queued = new Queued(Instant.now());
        queued.add(SWORDS, "999999");
        run.over(queued.updates());
    }

    /** They were held back, and may go in a minute. */
    private void waitInRoom(CollectionId collection, List<TokenUpdate> updates) {
        Instant now = Instant.now();
        room.enter(updates, room.look(collection, AT_MOST), now.plusSeconds(60), now, AT_MOST);
    }

    private static Queued fresh() {
        return new Queued(Instant.now());
    }

    @Test
    void aPartlyFilledRequestSitsInTheRoomAndItsMessagesComeBackOneBatchingWindowBeforeItIsDue() {
        spendOne();
        Queued queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 3);

        var fates = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(1);
        assertThat(room.look(SWORDS, AT_MOST).updates()).hasSize(3);
        assertThat(updates)
                .allSatisfy(update -> assertThat(wait(fates.apply(update)))
                        .isBetween(Duration.ofSeconds(93), Duration.ofSeconds(95)));
    }

    @Test
    void theFullRequestsOfTheSameEventGoAtOnce() {
        spendOne();
        Queued queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 510);

        var fates = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(3);
        assertThat(updates.stream().filter(update -> fates.apply(update) instanceof Fate.Accepted))
                .hasSize(500);
        assertThat(room.look(SWORDS, AT_MOST).updates()).hasSize(10);
    }

    @Test
    void whoeverSendsNextTakesThoseInTheRoomAlong() {
        waitInRoom(SWORDS, tokens(fresh().addMany(SWORDS, 0, 3)));
        Queued queued = fresh();
        queued.add(SWORDS, "77");

        run.over(queued.updates());

        assertThat(run.api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).containsExactly("77", "0", "1", "2"));
        assertThat(room.look(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void aMessageThatComesBackAfterItsTokenRodeAlongIsAcceptedAndDoesNotGoAgain() {
        Queued waiting = fresh();
        QueuedUpdate rider = waiting.addAged(SWORDS, "1", Duration.ofSeconds(10), 2);
        waitInRoom(SWORDS, tokens(List.of(rider)));
        Queued queued = fresh();
        queued.add(SWORDS, "77");
        run.over(queued.updates());

        var fates = run.over(waiting.updates());

        assertThat(fates.apply(rider)).isEqualTo(new Fate.Accepted());
        assertThat(run.api.requests()).hasSize(1);
    }

    @Test
    void thoseInTheRoomFillARequestThatMayNotGoElse() {
        spendOne();
        waitInRoom(SWORDS, tokens(fresh().addMany(SWORDS, 0, 240)));
        Queued queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 5_000, 10);

        var fates = run.over(queued.updates());

        assertThat(updates).allSatisfy(update -> assertThat(fates.apply(update)).isEqualTo(new Fate.Accepted()));
        assertThat(run.api.requests().getLast().tokenIds()).hasSize(250);
        assertThat(room.look(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void whatATokenQuotaHasLeftGoesWithThisRequestThoughThoseInTheRoomWouldFillMore() {
        remaining.set(3);
        run.withUnit(QuotaUnit.TOKEN);
        spendOne();
        remaining.set(0);
        waitInRoom(SWORDS, tokens(fresh().addMany(SWORDS, 0, 100)));
        Queued queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 5_000, 202);

        var fates = run.over(queued.updates());

        assertThat(updates.stream().filter(update -> fates.apply(update) instanceof Fate.Accepted))
                .hasSize(3);
        assertThat(run.api.requests()).hasSize(2);
    }

    @Test
    void howOftenItWasDeliveredDoesNotPutAPartlyFilledRequestOff() {
        spendOne();
        Queued queued = fresh();
        QueuedUpdate update = queued.addAged(SWORDS, "1", Duration.ofSeconds(10), 9);

        var fates = run.over(queued.updates());

        assertThat(wait(fates.apply(update))).isBetween(Duration.ofSeconds(93), Duration.ofSeconds(95));
    }

    @Test
    void itsOwnCopiesInTheRoomDoNotFillARequest() {
        spendOne();
        List<QueuedUpdate> before = fresh().addMany(SWORDS, 0, 240);
        waitInRoom(SWORDS, tokens(before));
        Queued queued = fresh();
        List<QueuedUpdate> again = queued.addMany(SWORDS, 0, 240);

        var fates = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(1);
        assertThat(again).allSatisfy(update -> assertThat(fates.apply(update)).isInstanceOf(Fate.Returned.class));
    }

    @Test
    void copiesOfWhatWasAcceptedMeanwhileDoNotFillARequestAndLeaveTheRoom() {
        Queued sent = fresh();
        sent.addMany(SWORDS, 0, 239);
        List<TokenUpdate> copies = tokens(sent.updates());
        run.over(sent.updates());
        waitInRoom(SWORDS, copies);
        Queued queued = fresh();
        List<QueuedUpdate> few = queued.addMany(SWORDS, 5_000, 10);

        var fates = run.over(queued.updates());

        assertThat(few).allSatisfy(update -> assertThat(fates.apply(update)).isInstanceOf(Fate.Returned.class));
        assertThat(run.api.requests()).hasSize(1);
    }

    @Test
    void anotherCollectionsRoomIsNotTouched() {
        waitInRoom(SHIELDS, tokens(fresh().addMany(SHIELDS, 0, 3)));
        Queued queued = fresh();
        queued.add(SWORDS, "77");

        run.over(queued.updates());

        assertThat(run.api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).containsExactly("77"));
        assertThat(room.look(SHIELDS, AT_MOST).updates()).hasSize(3);
    }

    /** Else it would be refused with each request that took it along, and the others with it. */
    @Test
    void whatWasRefusedAsARiderGoesApartWhenItsMessageComesBack() {
        remaining.set(100_000);
        var api = new PassRun(request -> request.tokenIds().contains("0") ? ScriptedApi.REFUSED : accepted())
                .withRoom(room);
        Queued waiting = fresh();
        QueuedUpdate refused = waiting.addAged(SWORDS, "0", Duration.ofSeconds(10), 2);
        QueuedUpdate good = waiting.addAged(SWORDS, "1", Duration.ofSeconds(10), 2);
        waitInRoom(SWORDS, tokens(waiting.updates()));
        Queued queued = fresh();
        queued.add(SWORDS, "77");
        api.over(queued.updates());

        var fates = api.over(waiting.updates());

        assertThat(api.api.requests())
                .extracting(ScriptedApi.Request::tokenIds)
                .startsWith(List.of("77", "0", "1"), List.of("77"), List.of("0", "1"));
        assertThat(fates.apply(refused)).isInstanceOf(Fate.Rejected.class);
        assertThat(fates.apply(good)).isEqualTo(new Fate.Accepted());
        assertThat(room.look(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void aRequestThatIsRefusedWithRidersGoesAgainWithoutThem() {
        var api = new PassRun(request -> request.tokenIds().contains("0") ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED)
                .withRoom(room);
        waitInRoom(SWORDS, tokens(fresh().addMany(SWORDS, 0, 3)));
        Queued queued = fresh();
        QueuedUpdate own = queued.add(SWORDS, "77");

        var fates = api.over(queued.updates());

        assertThat(fates.apply(own)).isEqualTo(new Fate.Accepted());
        assertThat(api.api.requests())
                .extracting(ScriptedApi.Request::tokenIds)
                .containsExactly(List.of("77", "0", "1", "2"), List.of("77"));
    }

    @Test
    void placesOfTokensThatNeedNotGoAnyMoreAreFilledFromTheRequestsThatWouldGoLast() {
        var api = new PassRun(_ -> ScriptedApi.ACCEPTED);
        Instant noon = Instant.now();
        Queued before = new Queued(noon);
        for (int i = 0; i < 20; i++) {
            before.addMadeAt(SWORDS, Integer.toString(i), noon);
        }
        api.over(before.updates());
        Queued queued = new Queued(noon);
        for (int i = 0; i < 20; i++) {
            queued.addMadeAt(SWORDS, Integer.toString(i), noon.minusSeconds(1));
        }
        queued.addMany(SWORDS, 1_000, 480);

        api.over(queued.updates());

        assertThat(api.api.requests())
                .extracting(request -> request.tokenIds().size())
                .containsExactly(20, 250, 230);
    }

    @Test
    void whatFindsTheQuotaUsedUpComesBackInGroupsAtTheOpenings() {
        remaining.set(2);
        Queued queued = fresh();
        queued.addMany(SWORDS, 0, 750);
        run.over(queued.updates());
        assertThat(run.api.requests()).hasSize(3);
        Queued backlog = fresh();
        List<QueuedUpdate> updates = backlog.addMany(SWORDS, 10_000, 30_000);

        var fates = run.over(backlog.updates());

        // 107 requests come back at the opening; the 13 beyond them one window later.
        assertThat(updates.subList(0, 107 * 250))
                .allSatisfy(update -> assertThat(wait(fates.apply(update)))
                        .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3600)));
        assertThat(updates.subList(107 * 250, 30_000))
                .allSatisfy(update -> assertThat(wait(fates.apply(update)))
                        .isBetween(Duration.ofSeconds(7190), Duration.ofSeconds(7200)));
    }

    @Test
    void a429GivesWhatIsLeftAnAppointmentToo() {
        var error = new ApiError(429, null, null, null);
        var throttling = new PassRun(
                _ -> new RefreshOutcome.Throttled(new Quota(100L, 0L, reset, Duration.ofHours(1), List.of()), error));
        Queued queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 500);

        var fates = throttling.over(queued.updates());

        assertThat(throttling.api.requests()).hasSize(1);
        assertThat(updates)
                .allSatisfy(update -> assertThat(wait(fates.apply(update)))
                        .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3600)));
    }

    private static List<TokenUpdate> tokens(List<QueuedUpdate> updates) {
        return updates.stream().map(QueuedUpdate::token).toList();
    }
}
