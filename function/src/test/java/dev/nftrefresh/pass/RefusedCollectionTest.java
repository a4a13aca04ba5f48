package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SHIELDS;
import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Collections that the API refuses, over several passes and so in the time of hours. */
class RefusedCollectionTest {
    private static final Duration DAY = Duration.ofDays(1);

    private RefreshOutcome ofSwords = ScriptedApi.ACCEPTED;
    private RefreshOutcome ofShields = ScriptedApi.ACCEPTED;
    private final PassRun run = new PassRun(request -> request.collection().equals(SWORDS) ? ofSwords : ofShields);

    private static List<QueuedUpdate> backlog(PassRun run, CollectionId collection, int tokens, Duration age) {
        var queued = new Queued(run.now());
        for (int id = 0; id < tokens; id++) {
            queued.addAged(collection, Integer.toString(id), age, 30);
        }
        return queued.updates();
    }

    private long rejected(List<QueuedUpdate> updates) {
        Function<QueuedUpdate, Fate> fates = run.over(updates);
        return updates.stream()
                .filter(update -> fates.apply(update) instanceof Fate.Rejected)
                .count();
    }

    private long requests() {
        return run.api.requests().size();
    }

    @Test
    void oneOddAnswerGivesNothingUpHoweverLongTheUpdatesWaitedForTheQuota() {
        for (RefreshOutcome odd : List.of(ScriptedApi.NOT_FOUND, ScriptedApi.FORBIDDEN)) {
            var answers = new AtomicInteger();
            var once = new PassRun(_ -> answers.incrementAndGet() == 1 ? odd : ScriptedApi.ACCEPTED);
            List<QueuedUpdate> updates = backlog(once, SWORDS, 1000, Duration.ofDays(3));

            var fates = once.over(updates);

            assertThat(updates)
                    .allSatisfy(update -> assertThat(fates.apply(update)).isNotInstanceOf(Fate.Rejected.class));
        }
    }

    @Test
    void anUnknownCollectionIsGivenUpAfterAnHourAndThreeAnswersButNotItsYoungUpdates() {
        ofSwords = ScriptedApi.NOT_FOUND;
        assertThat(rejected(backlog(run, SWORDS, 3, DAY))).isZero();
        run.later(Duration.ofMinutes(30));
        assertThat(rejected(backlog(run, SWORDS, 3, DAY))).isZero();
        run.later(Duration.ofMinutes(31));

        List<QueuedUpdate> young = backlog(run, SWORDS, 1, Duration.ofMinutes(59));
        assertThat(rejected(young)).isZero();
        List<QueuedUpdate> old = backlog(run, SWORDS, 3, Duration.ofHours(1));
        var fates = run.over(old);

        assertThat(old).allSatisfy(update -> {
            var rejected = (Fate.Rejected) fates.apply(update);
            assertThat(rejected.rejection().reason()).isEqualTo(RejectReason.COLLECTION_NOT_FOUND);
            assertThat(rejected.rejection().detail()).contains("404 for 61 minutes, in 3 answers");
        });
    }

    @Test
    void aCollectionThatIsForbiddenToAKeyThatWorksForOthersIsGivenUpAfterADay() {
        ofSwords = ScriptedApi.FORBIDDEN;
        assertThat(rejected(backlog(run, SWORDS, 1, DAY))).isZero();
        run.later(Duration.ofHours(12));
        assertThat(rejected(backlog(run, SWORDS, 1, DAY))).isZero();
        assertThat(rejected(backlog(run, SHIELDS, 1, DAY))).isZero();
        run.later(Duration.ofHours(12));

        assertThat(rejected(backlog(run, SWORDS, 1, DAY))).isEqualTo(1);
    }

    @Test
    void whereEveryCollectionIsForbiddenItIsTheKeyAndNothingIsGivenUp() {
        ofSwords = ScriptedApi.FORBIDDEN;
        ofShields = ScriptedApi.FORBIDDEN;
        for (int hours = 0; hours < 72; hours += 6) {
            assertThat(rejected(backlog(run, SWORDS, 2, Duration.ofDays(4)))).isZero();
            assertThat(rejected(backlog(run, SHIELDS, 2, Duration.ofDays(4)))).isZero();
            run.later(Duration.ofHours(6));
        }
    }

    @Test
    void aForbiddenKeyIsReadAgainAndTheRequestGoesWithTheNewOneAtOnce() {
        var replaced = new PassRun(
                        request -> request.apiKey().equals("key-2") ? ScriptedApi.ACCEPTED : ScriptedApi.FORBIDDEN)
                .withKeys("key-1", "key-1", "key-1", "key-2");
        for (int attempts = 2; attempts < 4; attempts++) {
            var queued = new Queued(replaced.now());
            QueuedUpdate update = queued.addAged(SWORDS, "1", DAY, attempts);
            assertThat(replaced.over(queued.updates()).apply(update)).isInstanceOf(Fate.Returned.class);
            replaced.later(Duration.ofMinutes(20));
        }
        List<QueuedUpdate> updates = backlog(replaced, SWORDS, 600, DAY);

        var fates = replaced.over(updates);

        assertThat(updates).allSatisfy(update -> assertThat(fates.apply(update)).isEqualTo(new Fate.Accepted()));
        assertThat(replaced.api.requests()).hasSize(2 + 1 + 3);
    }

    @Test
    void aSecretThatCannotBeReadAgainAfterA403HoldsUpThatCollectionAlone() {
        ofSwords = ScriptedApi.FORBIDDEN;
        run.withUnreadableSecret();
        var queued = new Queued(run.now());
        List<QueuedUpdate> swords = queued.addMany(SWORDS, 0, 300);
        List<QueuedUpdate> shields = queued.addMany(SHIELDS, 0, 300);

        var fates = run.over(queued.updates());

        assertThat(swords).allSatisfy(update -> assertThat(fates.apply(update)).isInstanceOf(Fate.Returned.class));
        assertThat(shields).allSatisfy(update -> assertThat(fates.apply(update)).isEqualTo(new Fate.Accepted()));
        assertThat(run.metrics()).doesNotContain("KeyUnavailable");
        assertThat(run.log.toString(StandardCharsets.UTF_8)).contains("The secret cannot be read again after a 403");
    }

    @Test
    void untilTheWaitIsOverNothingOfItIsSentAndThenOneRequest() {
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
    void anAcceptanceEndsItAtOnceAndTheOthersOfThePassFollow() {
        ofSwords = ScriptedApi.NOT_FOUND;
        run.over(backlog(run, SWORDS, 250, DAY));
        run.later(Duration.ofSeconds(11));
        ofSwords = ScriptedApi.ACCEPTED;
        List<QueuedUpdate> updates = backlog(run, SWORDS, 1000, DAY);

        var fates = run.over(updates);

        assertThat(updates).allSatisfy(update -> assertThat(fates.apply(update)).isEqualTo(new Fate.Accepted()));
        assertThat(requests()).isEqualTo(1 + 4);
    }

    @Test
    void aCollectionOfWhichEveryTokenIsRefusedWaitsAndEachWaitRejectsTheOneTokenThatWasTried() {
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

    @Test
    void oneBadFileDoesNotHoldUpGoodUpdatesOfTheSameCollection() {
        var api = new PassRun(request -> request.tokenIds().stream().anyMatch(id -> Integer.parseInt(id) < 1000)
                ? ScriptedApi.REFUSED
                : ScriptedApi.ACCEPTED);
        var bad = new Queued(api.now());
        bad.addMany(SWORDS, 0, 250);
        api.over(bad.updates());
        api.later(Duration.ofSeconds(11));
        var good = new Queued(api.now());
        good.addMany(SWORDS, 5000, 3);

        var fates = api.over(good.updates());

        assertThat(good.updates())
                .allSatisfy(update -> assertThat(fates.apply(update)).isEqualTo(new Fate.Accepted()));
    }
}
