package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Collections that the API refuses, in several passes over hours. */
class RefusedCollectionTest {
    private static final Duration DAY = Duration.ofDays(1);

    private RefreshOutcome ofSwords = ScriptedApi.ACCEPTED;
    private RefreshOutcome ofShields = ScriptedApi.ACCEPTED;
    /** Tokens of swords with this number or a higher one are refused. */
    private int refusedFrom = Integer.MAX_VALUE;

    private Runnable onRequest = () -> {};
    private final PassRunner run = new PassRunner(request -> {
        onRequest.run();
        if (!request.collection().equals(SWORDS)) {
            return ofShields;
        }
        boolean isRefused = request.tokenIds().stream().anyMatch(id -> Integer.parseInt(id) >= refusedFrom);
        return isRefused ? ScriptedApi.REFUSED : ofSwords;
    });

    private static List<QueuedUpdate> backlog(PassRunner run, CollectionId collection, int tokens, Duration age) {
        var queued = new QueuedUpdateBuilder(run.now());
        for (int id = 0; id < tokens; id++) {
            queued.addAged(collection, Integer.toString(id), age, 30);
        }
        return queued.updates();
    }

    private long rejected(List<QueuedUpdate> updates) {
        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = run.over(updates);
        return updates.stream()
                .filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected)
                .count();
    }

    private long requests() {
        return run.api.requests().size();
    }

    @Test
    void oneUnexpectedAnswerRejectsNothingHoweverLongTheUpdatesWaitedForTheQuota() {
        for (RefreshOutcome odd : List.of(ScriptedApi.NOT_FOUND, ScriptedApi.FORBIDDEN)) {
            var answers = new AtomicInteger();
            var once = new PassRunner(_ -> answers.incrementAndGet() == 1 ? odd : ScriptedApi.ACCEPTED);
            List<QueuedUpdate> updates = backlog(once, SWORDS, 1000, Duration.ofDays(3));

            var tokenOutcomes = once.over(updates);

            assertThat(updates)
                    .allSatisfy(update ->
                            assertThat(tokenOutcomes.apply(update)).isNotInstanceOf(TokenOutcome.Rejected.class));
        }
    }

    @Test
    void anUnknownCollectionIsRejectedAfterAnHourAndThreeAnswersExceptForItsRecentUpdates() {
        ofSwords = ScriptedApi.NOT_FOUND;
        assertThat(rejected(backlog(run, SWORDS, 3, DAY))).isZero();
        run.later(Duration.ofMinutes(30));
        assertThat(rejected(backlog(run, SWORDS, 3, DAY))).isZero();
        run.later(Duration.ofMinutes(31));

        List<QueuedUpdate> young = backlog(run, SWORDS, 1, Duration.ofMinutes(59));
        assertThat(rejected(young)).isZero();
        List<QueuedUpdate> old = backlog(run, SWORDS, 3, Duration.ofHours(1));
        var tokenOutcomes = run.over(old);

        assertThat(old).allSatisfy(update -> {
            var rejected = (TokenOutcome.Rejected) tokenOutcomes.apply(update);
            assertThat(rejected.rejection().reason()).isEqualTo(RejectReason.COLLECTION_NOT_FOUND);
            assertThat(rejected.rejection().detail()).contains("404 for 61 minutes, in 3 answers");
        });
    }

    @Test
    void aCollectionForbiddenToAKeyThatWorksForOthersIsRejectedAfterADay() {
        ofSwords = ScriptedApi.FORBIDDEN;
        for (int hours = 0; hours < 24; hours += 12) {
            assertThat(rejected(backlog(run, SWORDS, 1, DAY))).isZero();
            assertThat(rejected(backlog(run, SHIELDS, 1, DAY))).isZero();
            run.later(Duration.ofHours(12));
        }

        assertThat(rejected(backlog(run, SWORDS, 1, DAY))).isEqualTo(1);
    }

    @Test
    void ifEveryCollectionIsForbiddenTheKeyIsAtFaultAndNothingIsRejected() {
        ofSwords = ScriptedApi.FORBIDDEN;
        ofShields = ScriptedApi.FORBIDDEN;
        for (int hours = 0; hours < 72; hours += 6) {
            assertThat(rejected(backlog(run, SWORDS, 2, Duration.ofDays(4)))).isZero();
            assertThat(rejected(backlog(run, SHIELDS, 2, Duration.ofDays(4)))).isZero();
            run.later(Duration.ofHours(6));
        }
    }

    @Test
    void aForbiddenKeyIsReadAgainAndTheRequestIsSentWithTheNewOneAtOnce() {
        var replaced = new PassRunner(
                        request -> request.apiKey().equals("key-2") ? ScriptedApi.ACCEPTED : ScriptedApi.FORBIDDEN)
                .withKeys("key-1", "key-1", "key-1", "key-2");
        for (int attempts = 2; attempts < 4; attempts++) {
            var queued = new QueuedUpdateBuilder(replaced.now());
            QueuedUpdate update = queued.addAged(SWORDS, "1", DAY, attempts);
            assertThat(replaced.over(queued.updates()).apply(update)).isInstanceOf(TokenOutcome.Returned.class);
            replaced.later(Duration.ofMinutes(20));
        }
        List<QueuedUpdate> updates = backlog(replaced, SWORDS, 600, DAY);

        var tokenOutcomes = replaced.over(updates);

        assertThat(updates)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(replaced.api.requests()).hasSize(2 + 1 + 3);
    }

    @Test
    void aSecretThatCannotBeReadAgainAfterA403HoldsUpThatCollectionAlone() {
        ofSwords = ScriptedApi.FORBIDDEN;
        run.withUnreadableSecret();
        var queued = new QueuedUpdateBuilder(run.now());
        List<QueuedUpdate> swords = queued.addMany(SWORDS, 0, 300);
        List<QueuedUpdate> shields = queued.addMany(SHIELDS, 0, 300);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(swords)
                .allSatisfy(
                        update -> assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class));
        assertThat(shields)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(run.metrics()).doesNotContain("KeyUnavailable");
        assertThat(run.log.toString(StandardCharsets.UTF_8)).contains("The secret cannot be read again after a 403");
    }

    @Test
    void nothingIsSentUntilTheWaitIsOverAndThenOneRequest() {
        ofSwords = ScriptedApi.NOT_FOUND;
        run.over(backlog(run, SWORDS, 250, DAY));
        assertThat(requests()).isEqualTo(1);

        run.over(backlog(run, SWORDS, 1000, DAY));
        assertThat(requests()).as("within the wait").isEqualTo(1);

        run.later(Duration.ofSeconds(11));
        run.over(backlog(run, SWORDS, 1000, DAY));
        assertThat(requests()).as("after it").isEqualTo(2);
    }

    @Test
    void anAcceptanceEndsTheRefusalAtOnceAndTheOtherRequestsFollow() {
        ofSwords = ScriptedApi.NOT_FOUND;
        run.over(backlog(run, SWORDS, 250, DAY));
        run.later(Duration.ofSeconds(11));
        ofSwords = ScriptedApi.ACCEPTED;
        List<QueuedUpdate> updates = backlog(run, SWORDS, 1000, DAY);

        var tokenOutcomes = run.over(updates);

        assertThat(updates)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(requests()).isEqualTo(1 + 4);
    }

    @Test
    void aCollectionWhoseEveryTokenIsRefusedWaitsAndEachProbeRejectsItsOneToken() {
        ofSwords = ScriptedApi.REFUSED;
        long before = 0;
        for (int pass = 0; pass < 8; pass++) {
            List<QueuedUpdate> updates = backlog(run, SWORDS, 250, DAY);
            assertThat(rejected(updates)).isEqualTo(pass == 0 ? 0 : 1);
            assertThat(requests() - before).as("in pass " + pass).isLessThanOrEqualTo(pass == 0 ? 15 : 1);
            before = requests();
            run.later(Duration.ofMinutes(16));
        }
        assertThat(run.log.toString(StandardCharsets.UTF_8).split("refused every token of this collection"))
                .as("said once")
                .hasSize(2);
    }

    /**
     * Of a small quota nothing is left after the probe. In the next pass the same tokens come first again, and must not
     * be refused alone once more without being rejected: that would spend the quota on them each time.
     */
    @Test
    void tokensRefusedAloneAgainAfterAnAcceptedProbeAreRejected() {
        var accepted = new AtomicBoolean();
        var api = new PassRunner(request -> {
            if (accepted.get()) {
                return ScriptedApi.throttled(Duration.ofMinutes(1));
            }
            boolean isGood = request.tokenIds().stream().allMatch(id -> Integer.parseInt(id) >= 3);
            accepted.set(isGood);
            return isGood ? ScriptedApi.ACCEPTED : ScriptedApi.REFUSED;
        });
        var oneByOne = new SearchProgress(0, 0, false, 0, 0, 0, 0, false);
        List<String> ids = IntStream.range(0, 20).mapToObj(Integer::toString).toList();

        List<QueuedUpdate> updates =
                new QueuedUpdateBuilder(api.now()).addAlone(SWORDS, ids, Duration.ofMinutes(1), 1, oneByOne);
        var first = api.over(updates);
        assertThat(updates).noneMatch(update -> first.apply(update) instanceof TokenOutcome.Rejected);
        api.later(Duration.ofSeconds(11));
        api.over(new QueuedUpdateBuilder(api.now()).addMany(SWORDS, 50, 1));
        assertThat(accepted).as("a token that was not tried yet").isTrue();
        api.later(Duration.ofMinutes(2));
        accepted.set(false);

        List<QueuedUpdate> again =
                new QueuedUpdateBuilder(api.now()).addAlone(SWORDS, ids, Duration.ofMinutes(2), 2, oneByOne);
        var second = api.over(again);

        assertThat(again.subList(0, 3)).allMatch(update -> second.apply(update) instanceof TokenOutcome.Rejected);
        assertThat(again.get(3)).matches(update -> second.apply(update) instanceof TokenOutcome.Accepted);
    }

    /** A search that was resumed counts its own refusals in a row, and does not know of an acceptance since then. */
    @Test
    void anAcceptedProbeCountsForASearchThatEightRefusalsInARowMadeUncertain() {
        rememberAcceptance();
        ofSwords = ScriptedApi.REFUSED;
        var eightInARow = new SearchProgress(0, 0, false, 5, 8, 8, 0, false);
        List<QueuedUpdate> searched = new QueuedUpdateBuilder(run.now())
                .addAlone(SWORDS, List.of("2001", "2002", "2003"), Duration.ofMinutes(1), 1, eightInARow);

        assertThat(rejected(searched)).isEqualTo(3);
    }

    /** The item is not written with each acceptance, so its age does not say when the last one was. */
    @Test
    void whatWasAcceptedDaysAgoRejectsNothing() {
        rememberAcceptance();
        run.later(Duration.ofDays(3));
        ofSwords = ScriptedApi.REFUSED;

        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 5_000, 250)))
                .isZero();
    }

    @Test
    void aCollectionOfWhichNothingWasRefusedForADayHasNoItem() {
        rememberAcceptance();
        run.later(Duration.ofHours(25));

        run.over(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 5_000, 1));

        assertThat(remembered()).isEmpty();
        assertThat(run.log.toString(StandardCharsets.UTF_8).split("takes this collection again"))
                .as("said once")
                .hasSize(2);
    }

    /** Several acceptances within seconds are recorded once; but each that follows a counted refusal must be. */
    @Test
    void anAcceptanceIsRememberedAlthoughAnotherWasSecondsBeforeTheRefusals() {
        rememberAcceptance();
        var api = run.api;
        int before = api.requests().size();
        refusedFrom = 9_000;
        var oneByOne = new SearchProgress(0, 0, false, 0, 0, 0, 0, false);
        List<QueuedUpdate> searched = new QueuedUpdateBuilder(run.now())
                .addAlone(
                        SWORDS,
                        List.of("5001", "9001", "9002", "9003", "9004", "9005", "9006", "9007", "9008", "5002"),
                        Duration.ofMinutes(1),
                        1,
                        oneByOne);

        assertThat(rejected(searched)).isEqualTo(8);

        assertThat(api.requests()).hasSize(before + 10);
        assertThat(remembered())
                .hasEntrySatisfying(
                        SWORDS,
                        refusal -> assertThat(refusal.certainRefusalsLeft()).isEqualTo(8));
    }

    /** Otherwise the next token that is refused alone, in any pass, would be the third of these and begin a wait. */
    @Test
    void anAcceptanceSecondsAfterAnotherEndsTheUncertainRefusalsBetweenThem() {
        refusedFrom = 9_000;
        var ids = new ArrayList<>(List.of("5001"));
        IntStream.range(9_000, 9_010).mapToObj(Integer::toString).forEach(ids::add);
        ids.add("5002");
        var oneByOne = new SearchProgress(0, 0, false, 0, 0, 0, 0, false);

        assertThat(rejected(
                        new QueuedUpdateBuilder(run.now()).addAlone(SWORDS, ids, Duration.ofMinutes(1), 1, oneByOne)))
                .isEqualTo(10);

        assertThat(remembered().values())
                .allSatisfy(refusal -> assertThat(refusal.singleTokenRefusals()).isZero());
    }

    /** Another copy, whose tokens are refused, makes the collection wait while this one's are accepted all the time. */
    @Test
    void oneOfManyAcceptancesInSuccessionEndsAWaitThatAnotherCopyBegan() {
        var asked = new AtomicInteger();
        onRequest = () -> {
            run.later(Duration.ofSeconds(2));
            if (asked.incrementAndGet() == 2) {
                for (int i = 0; i < 3; i++) {
                    new CollectionRefusalStore(run.memory())
                            .singleTokenRefused(SWORDS, false, run.now(), Duration.ofSeconds(1));
                }
            }
        };
        var oneByOne = new SearchProgress(0, 0, false, 0, 0, 0, 0, false);

        run.over(new QueuedUpdateBuilder(run.now())
                .addAlone(SWORDS, List.of("1", "2", "3", "4", "5", "6"), Duration.ofMinutes(1), 1, oneByOne));

        assertThat(asked).hasValue(6);
        assertThat(remembered().values()).noneMatch(CollectionRefusal::isWaiting);
    }

    /** Copies that read the item at the same time must not reject eight each. */
    @Test
    void whatOtherCopiesRejectedMeanwhileCounts() {
        rememberAcceptance();
        ofSwords = ScriptedApi.REFUSED;
        onRequest = () -> {
            for (int i = 0; i < 8; i++) {
                new CollectionRefusalStore(run.memory())
                        .singleTokenRefused(SWORDS, true, run.now(), Duration.ofSeconds(1));
            }
        };

        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 5_000, 250)))
                .isLessThanOrEqualTo(1);
    }

    /** The API refuses everything from then on: its pass and the next ones must not reject eight each. */
    @Test
    void anAcceptedProbeMakesEightRefusalsCertainInAllPassesTogether() {
        ofSwords = ScriptedApi.REFUSED;
        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 0, 250)))
                .isZero();
        run.later(Duration.ofSeconds(11));
        var asked = new AtomicInteger();
        onRequest = () -> ofSwords = asked.getAndIncrement() == 0 ? ScriptedApi.ACCEPTED : ScriptedApi.REFUSED;

        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 1_000, 9)))
                .isEqualTo(8);
        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 2_000, 250)))
                .isZero();
    }

    /** The API answers 404 for a while, and then refuses everything: nothing shows that the tokens are at fault. */
    @Test
    void aRefusedProbeOfAnUnknownCollectionIsNoAcceptance() {
        ofSwords = ScriptedApi.NOT_FOUND;
        run.over(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 0, 250));
        run.later(Duration.ofSeconds(11));
        ofSwords = ScriptedApi.REFUSED;

        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 1_000, 250)))
                .isZero();
    }

    /** Tokens were refused alone, the collection waited, and its probe was accepted. */
    private void rememberAcceptance() {
        ofSwords = ScriptedApi.REFUSED;
        assertThat(rejected(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 0, 250)))
                .isZero();
        run.later(Duration.ofSeconds(11));
        ofSwords = ScriptedApi.ACCEPTED;
        run.over(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 1_000, 1));
        assertThat(remembered()).containsKey(SWORDS);
        run.later(Duration.ofMinutes(1));
    }

    private Map<CollectionId, CollectionRefusal> remembered() {
        return new CollectionRefusalStore(run.memory()).read(List.of(SWORDS), Duration.ofSeconds(1));
    }

    /**
     * Another copy is sending the token that should probe, so a search's next question probes; its other tokens wait.
     */
    @Test
    void aSearchThatProbesInsteadOfABusyTokenReturnsItsOtherTokens() {
        ofSwords = ScriptedApi.REFUSED;
        run.over(backlog(run, SWORDS, 250, DAY));
        run.later(Duration.ofMinutes(16));
        long before = requests();
        var queued = new QueuedUpdateBuilder(run.now());
        List<QueuedUpdate> elsewhere = queued.addMany(SWORDS, 1_000, 50);
        run.ledger.claim(
                "another",
                false,
                elsewhere.stream().map(QueuedUpdate::token).toList(),
                run.now(),
                run.now().plusSeconds(30),
                Duration.ofSeconds(1));
        var oneByOne = new SearchProgress(0, 0, false, 0, 3, 3, SearchProgress.SPARE, false);
        List<QueuedUpdate> searched =
                queued.addAlone(SWORDS, List.of("2001", "2002", "2003"), Duration.ofMinutes(1), 1, oneByOne);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(requests() - before).isEqualTo(1);
        assertThat(searched.stream().filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected))
                .hasSize(1);
        assertThat(searched.stream().filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Returned))
                .hasSize(2);
    }

    @Test
    void oneBadFileDoesNotDelayGoodUpdatesOfTheSameCollection() {
        var api = new PassRunner(request -> request.tokenIds().stream().anyMatch(id -> Integer.parseInt(id) < 1000)
                ? ScriptedApi.REFUSED
                : ScriptedApi.ACCEPTED);
        var bad = new QueuedUpdateBuilder(api.now());
        bad.addMany(SWORDS, 0, 250);
        api.over(bad.updates());
        api.later(Duration.ofSeconds(11));
        var good = new QueuedUpdateBuilder(api.now());
        good.addMany(SWORDS, 5000, 3);

        var tokenOutcomes = api.over(good.updates());

        assertThat(good.updates())
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
    }

    /** A key that was wrong for a day, for every collection, is fixed: nothing may be rejected for what it caused. */
    @Test
    void aKeyFixedAfterADayRejectsNothing() {
        var keyIsRight = new AtomicBoolean();
        var run = new PassRunner(_ -> keyIsRight.get() ? ScriptedApi.ACCEPTED : ScriptedApi.FORBIDDEN)
                .withTable(new InMemoryTable());
        for (int halfHours = 0; halfHours < 52; halfHours++) {
            var both = new QueuedUpdateBuilder(run.now());
            both.addAged(SWORDS, "1", Duration.ofMinutes(30L * halfHours), 2 + halfHours);
            both.addAged(SHIELDS, "1", Duration.ofMinutes(30L * halfHours), 2 + halfHours);
            var tokenOutcomes = run.over(both.updates());
            both.updates()
                    .forEach(update ->
                            assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class));
            run.later(Duration.ofMinutes(30));
        }
        var trying = new QueuedUpdateBuilder(run.now());
        trying.addAged(SWORDS, "1", Duration.ofHours(26), 60);
        trying.addAged(SHIELDS, "1", Duration.ofHours(26), 60);
        run.later(Duration.ofHours(1));
        run.over(trying.updates()); // both are tried once more and forbidden

        keyIsRight.set(true);
        // A third collection, whose wait is over first, is accepted.
        var other = new QueuedUpdateBuilder(run.now());
        other.add(new CollectionId("imtbl-zkevm-testnet", "0x" + "c".repeat(40)), "1");
        run.over(other.updates());
        run.later(Duration.ofMinutes(5));
        var backlog = new QueuedUpdateBuilder(run.now());
        for (int id = 0; id < 100; id++) {
            backlog.addAged(SWORDS, Integer.toString(id), Duration.ofHours(27), 60);
        }
        var tokenOutcomes = run.over(backlog.updates());

        assertThat(backlog.updates().stream()
                        .filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected)
                        .count())
                .as("rejected although only the key was wrong, and is valid now")
                .isZero();
    }

    /** Another copy is probing whether the collection is known, which it is: this copy must not reject its updates. */
    @Test
    void nothingIsRejectedWhileAnotherCopyProbes() {
        var table = new InMemoryTable();
        var known = new AtomicBoolean();
        var run = new PassRunner(_ -> known.get() ? ScriptedApi.ACCEPTED : ScriptedApi.NOT_FOUND).withTable(table);
        for (int tenMinutes = 0; tenMinutes < 3; tenMinutes++) {
            var queued = new QueuedUpdateBuilder(run.now());
            queued.addAged(SWORDS, "1", Duration.ofMinutes(10L * tenMinutes), 2);
            run.over(queued.updates());
            run.later(Duration.ofMinutes(11));
        }
        known.set(true); // after 33 minutes, then the quota is used up until the hour is over
        run.later(Duration.ofMinutes(30));
        assertThat(new CollectionRefusalStore(table).tryProbe(SWORDS, run.now(), Duration.ofSeconds(1)))
                .as("another copy takes the try")
                .isTrue();

        var backlog = new QueuedUpdateBuilder(run.now());
        for (int id = 0; id < 100; id++) {
            backlog.addAged(SWORDS, Integer.toString(id), Duration.ofHours(2), 5);
        }
        var tokenOutcomes = run.over(backlog.updates());

        assertThat(backlog.updates().stream()
                        .filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected)
                        .count())
                .as("the API answered 404 for 22 minutes, and knows the collection for half an hour")
                .isZero();
    }

    /**
     * The alarm "request-refused" ends 15 minutes later, although nothing is accepted and a token is rejected each
     * time.
     */
    @Test
    void aCollectionThatIsStillRefusedIsStillReported() {
        var run = new PassRunner(_ -> ScriptedApi.REFUSED).withTable(new InMemoryTable());
        var queued = new QueuedUpdateBuilder(run.now());
        queued.addMany(SWORDS, 0, 50);
        run.over(queued.updates());
        assertThat(run.metrics()).contains("\"RequestRefused\":1.0");
        run.later(Duration.ofMinutes(20));

        var later = new QueuedUpdateBuilder(run.now());
        later.addMany(SWORDS, 0, 50);
        var tokenOutcomes = run.over(later.updates());

        assertThat(later.updates()).anyMatch(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected);
        assertThat(run.metrics()).contains("RequestRefused");
    }

    /**
     * Two backends that disagree answer 403 and 404 in turn: the wait must still grow, and the updates be rejected in
     * the end.
     */
    @Test
    void aCollectionThatIsRefusedForTwoReasonsInTurnWaitsLongerEachTime() {
        var count = new AtomicInteger();
        var run = new PassRunner(_ -> count.incrementAndGet() % 2 == 0 ? ScriptedApi.NOT_FOUND : ScriptedApi.FORBIDDEN)
                .withTable(new InMemoryTable());
        for (int seconds = 0; seconds < 3600; seconds += 5) {
            var queued = new QueuedUpdateBuilder(run.now());
            queued.addAged(SWORDS, "1", Duration.ofSeconds(seconds), 2);
            run.over(queued.updates());
            run.later(Duration.ofSeconds(5));
        }

        assertThat(run.api.requests()).as("requests in an hour").hasSizeLessThan(20);
    }
}
