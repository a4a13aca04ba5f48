package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a pass does with requests that must not be sent yet, because they are not full or the quota is used up. */
class DelayedRequestTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    /** 100 an hour, of which 36 are left: one in 100 s. */
    private final AtomicLong remaining = new AtomicLong(36);

    private final Instant reset = Instant.now().plusSeconds(3600);
    private final WaitingUpdateStore waitingStore =
            new TableWaitingUpdateStore(new InMemoryTable(), "copy", Clock.systemUTC());
    private final PassRunner run = new PassRunner(_ -> accepted()).withWaitingStore(waitingStore);

    private RefreshOutcome accepted() {
        return new RefreshOutcome.Accepted(
                new ReportedQuota(100L, remaining.getAndDecrement(), reset, Duration.ofHours(1), List.of()));
    }

    private static Duration wait(TokenOutcome tokenOutcome) {
        assertThat(tokenOutcome).isInstanceOf(TokenOutcome.Returned.class);
        return ((TokenOutcome.Returned) tokenOutcome).retryIn();
    }

    /** One partly filled request was sent just now. */
    private void spendOne() {
        var queued = new QueuedUpdateBuilder(Instant.now());
        queued.add(SWORDS, "999999");
        run.over(queued.updates());
    }

    /** These updates were held back, and may be sent in a minute. */
    private void addToWaitingUpdates(CollectionId collection, List<TokenUpdate> updates) {
        Instant now = Instant.now();
        waitingStore.add(updates, waitingStore.find(collection, AT_MOST), now.plusSeconds(60), now, AT_MOST);
    }

    private static QueuedUpdateBuilder fresh() {
        return new QueuedUpdateBuilder(Instant.now());
    }

    @Test
    void aPartlyFilledRequestIsStoredAndItsMessagesReturnOneBatchingWindowBeforeItIsDue() {
        spendOne();
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 3);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(1);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(3);
        assertThat(updates)
                .allSatisfy(update -> assertThat(wait(tokenOutcomes.apply(update)))
                        .isBetween(Duration.ofSeconds(93), Duration.ofSeconds(95)));
    }

    @Test
    void fullRequestsOfTheSameEventAreSentAtOnce() {
        spendOne();
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 510);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(3);
        assertThat(updates.stream().filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Accepted))
                .hasSize(500);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(10);
    }

    @Test
    void theNextRequestIncludesTheWaitingUpdates() {
        addToWaitingUpdates(SWORDS, tokens(fresh().addMany(SWORDS, 0, 3)));
        QueuedUpdateBuilder queued = fresh();
        queued.add(SWORDS, "77");

        run.over(queued.updates());

        assertThat(run.api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).containsExactly("77", "0", "1", "2"));
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void aMessageWhoseTokenAnotherRequestIncludedIsAcceptedAndNotSentAgain() {
        QueuedUpdateBuilder waiting = fresh();
        QueuedUpdate included = waiting.addAged(SWORDS, "1", Duration.ofSeconds(10), 2);
        addToWaitingUpdates(SWORDS, tokens(List.of(included)));
        QueuedUpdateBuilder queued = fresh();
        queued.add(SWORDS, "77");
        run.over(queued.updates());

        var tokenOutcomes = run.over(waiting.updates());

        assertThat(tokenOutcomes.apply(included)).isEqualTo(new TokenOutcome.Accepted());
        assertThat(run.api.requests()).hasSize(1);
    }

    @Test
    void waitingUpdatesFillARequestThatWouldOtherwiseBeHeldBack() {
        spendOne();
        addToWaitingUpdates(SWORDS, tokens(fresh().addMany(SWORDS, 0, 240)));
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 5_000, 10);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(updates)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(run.api.requests().getLast().tokenIds()).hasSize(250);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void theRestOfATokenQuotaIsSpentAlthoughWaitingUpdatesWouldFillMore() {
        remaining.set(3);
        run.withUnit(QuotaUnit.TOKEN);
        spendOne();
        remaining.set(0);
        addToWaitingUpdates(SWORDS, tokens(fresh().addMany(SWORDS, 0, 100)));
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 5_000, 202);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(updates.stream().filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Accepted))
                .hasSize(3);
        assertThat(run.api.requests()).hasSize(2);
    }

    @Test
    void theNumberOfDeliveriesDoesNotDelayAPartlyFilledRequest() {
        spendOne();
        QueuedUpdateBuilder queued = fresh();
        QueuedUpdate update = queued.addAged(SWORDS, "1", Duration.ofSeconds(10), 9);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(wait(tokenOutcomes.apply(update))).isBetween(Duration.ofSeconds(93), Duration.ofSeconds(95));
    }

    @Test
    void itsOwnWaitingCopiesDoNotFillARequest() {
        spendOne();
        List<QueuedUpdate> before = fresh().addMany(SWORDS, 0, 240);
        addToWaitingUpdates(SWORDS, tokens(before));
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> again = queued.addMany(SWORDS, 0, 240);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(1);
        assertThat(again)
                .allSatisfy(
                        update -> assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class));
    }

    @Test
    void waitingCopiesOfAcceptedUpdatesDoNotFillARequestAndAreRemoved() {
        QueuedUpdateBuilder sent = fresh();
        sent.addMany(SWORDS, 0, 239);
        List<TokenUpdate> copies = tokens(sent.updates());
        run.over(sent.updates());
        addToWaitingUpdates(SWORDS, copies);
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> few = queued.addMany(SWORDS, 5_000, 10);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(few)
                .allSatisfy(
                        update -> assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class));
        assertThat(run.api.requests()).hasSize(1);
    }

    @Test
    void waitingUpdatesOfAnotherCollectionAreNotTouched() {
        addToWaitingUpdates(SHIELDS, tokens(fresh().addMany(SHIELDS, 0, 3)));
        QueuedUpdateBuilder queued = fresh();
        queued.add(SWORDS, "77");

        run.over(queued.updates());

        assertThat(run.api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).containsExactly("77"));
        assertThat(waitingStore.find(SHIELDS, AT_MOST).updates()).hasSize(3);
    }

    /** Otherwise it would be refused with each request that included it, and the others with it. */
    @Test
    void anIncludedUpdateThatWasRefusedIsSentSeparatelyWhenItsMessageReturns() {
        remaining.set(100_000);
        var api = new PassRunner(request -> request.tokenIds().contains("0") ? ScriptedApi.REFUSED : accepted())
                .withWaitingStore(waitingStore);
        QueuedUpdateBuilder waiting = fresh();
        QueuedUpdate refused = waiting.addAged(SWORDS, "0", Duration.ofSeconds(10), 2);
        QueuedUpdate good = waiting.addAged(SWORDS, "1", Duration.ofSeconds(10), 2);
        addToWaitingUpdates(SWORDS, tokens(waiting.updates()));
        QueuedUpdateBuilder queued = fresh();
        queued.add(SWORDS, "77");
        api.over(queued.updates());

        var tokenOutcomes = api.over(waiting.updates());

        assertThat(api.api.requests())
                .extracting(ScriptedApi.ReceivedRequest::tokenIds)
                .startsWith(List.of("77", "0", "1"), List.of("77"), List.of("0", "1"));
        assertThat(tokenOutcomes.apply(refused)).isInstanceOf(TokenOutcome.Rejected.class);
        assertThat(tokenOutcomes.apply(good)).isEqualTo(new TokenOutcome.Accepted());
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void aRequestRefusedWithIncludedUpdatesIsSentAgainWithoutThem() {
        var api = new PassRunner(
                        request -> request.tokenIds().contains("0") ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED)
                .withWaitingStore(waitingStore);
        addToWaitingUpdates(SWORDS, tokens(fresh().addMany(SWORDS, 0, 3)));
        QueuedUpdateBuilder queued = fresh();
        QueuedUpdate own = queued.add(SWORDS, "77");

        var tokenOutcomes = api.over(queued.updates());

        assertThat(tokenOutcomes.apply(own)).isEqualTo(new TokenOutcome.Accepted());
        assertThat(api.api.requests())
                .extracting(ScriptedApi.ReceivedRequest::tokenIds)
                .containsExactly(List.of("77", "0", "1", "2"), List.of("77"));
    }

    @Test
    void placesOfSettledTokensAreFilledFromTheLastRequests() {
        var api = new PassRunner(_ -> ScriptedApi.ACCEPTED);
        Instant noon = Instant.now();
        QueuedUpdateBuilder before = new QueuedUpdateBuilder(noon);
        for (int i = 0; i < 20; i++) {
            before.addMadeAt(SWORDS, Integer.toString(i), noon);
        }
        api.over(before.updates());
        QueuedUpdateBuilder queued = new QueuedUpdateBuilder(noon);
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
    void requestsThatFindTheQuotaUsedUpReturnInGroupsAtTheOpenings() {
        remaining.set(2);
        QueuedUpdateBuilder queued = fresh();
        queued.addMany(SWORDS, 0, 750);
        run.over(queued.updates());
        assertThat(run.api.requests()).hasSize(3);
        QueuedUpdateBuilder backlog = fresh();
        List<QueuedUpdate> updates = backlog.addMany(SWORDS, 10_000, 30_000);

        var tokenOutcomes = run.over(backlog.updates());

        // 107 requests return at the opening, the other 13 one window later.
        assertThat(updates.subList(0, 107 * 250))
                .allSatisfy(update -> assertThat(wait(tokenOutcomes.apply(update)))
                        .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3600)));
        assertThat(updates.subList(107 * 250, 30_000))
                .allSatisfy(update -> assertThat(wait(tokenOutcomes.apply(update)))
                        .isBetween(Duration.ofSeconds(7190), Duration.ofSeconds(7200)));
    }

    @Test
    void a429GivesWhatIsLeftAnAppointmentToo() {
        var error = new ApiErrorResponse(429, null, null, null);
        var throttling = new PassRunner(_ -> new RefreshOutcome.Throttled(
                new ReportedQuota(100L, 0L, reset, Duration.ofHours(1), List.of()), error));
        QueuedUpdateBuilder queued = fresh();
        List<QueuedUpdate> updates = queued.addMany(SWORDS, 0, 500);

        var tokenOutcomes = throttling.over(queued.updates());

        assertThat(throttling.api.requests()).hasSize(1);
        assertThat(updates)
                .allSatisfy(update -> assertThat(wait(tokenOutcomes.apply(update)))
                        .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3600)));
    }

    private static List<TokenUpdate> tokens(List<QueuedUpdate> updates) {
        return updates.stream().map(QueuedUpdate::token).toList();
    }
}
