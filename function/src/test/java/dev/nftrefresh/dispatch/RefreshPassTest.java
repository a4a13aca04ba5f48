package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.dispatch.ScriptedApi.ReceivedRequest;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.update.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefreshPassTest {
    private final QueuedUpdateBuilder queued = new QueuedUpdateBuilder(Instant.now());

    private static Function<ReceivedRequest, RefreshOutcome> always(RefreshOutcome outcome) {
        return _ -> outcome;
    }

    private static Function<ReceivedRequest, RefreshOutcome> refusing(Set<String> tokenIds) {
        return request ->
                request.tokenIds().stream().anyMatch(tokenIds::contains) ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED;
    }

    private static RejectReason reason(TokenOutcome tokenOutcome) {
        assertThat(tokenOutcome).isInstanceOf(TokenOutcome.Rejected.class);
        return ((TokenOutcome.Rejected) tokenOutcome).rejection().reason();
    }

    private static Duration wait(TokenOutcome tokenOutcome) {
        assertThat(tokenOutcome).isInstanceOf(TokenOutcome.Returned.class);
        return ((TokenOutcome.Returned) tokenOutcome).retryIn();
    }

    @Test
    void updatesOfOneCollectionRideTogetherUpTo250() {
        queued.addMany(SWORDS, 0, 501);
        queued.addMany(SHIELDS, 0, 3);
        var run = new PassRunner(always(ScriptedApi.ACCEPTED));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(
                        update -> assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Accepted.class));
        assertThat(run.api.requests()).hasSize(4);
        assertThat(run.api.requests())
                .extracting(request -> request.tokenIds().size())
                .containsExactlyInAnyOrder(250, 250, 1, 3);
    }

    @Test
    void onlyTheNewestUpdateOfATokenIsSentAndTheOlderIsSupersededWhenItIsAccepted() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        QueuedUpdate newer = queued.addMadeAt(SWORDS, "1", noon.plusSeconds(1));
        QueuedUpdate older = queued.addMadeAt(SWORDS, "1", noon);
        var run = new PassRunner(always(ScriptedApi.ACCEPTED));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(tokenOutcomes.apply(newer)).isEqualTo(new TokenOutcome.Accepted());
        assertThat(tokenOutcomes.apply(older)).isEqualTo(new TokenOutcome.Superseded());
        assertThat(run.api.requests()).hasSize(1);
        assertThat(run.api.requests().getFirst().body()).contains("at 2026-11-23T12:00:01Z");
    }

    @Test
    void theOlderUpdateIsSentWhenTheNewerIsRefused() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        QueuedUpdate newer = queued.addMadeAt(SWORDS, "1", noon.plusSeconds(1));
        QueuedUpdate older = queued.addMadeAt(SWORDS, "1", noon);
        var run = new PassRunner(
                request -> request.body().contains("12:00:01") ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(reason(tokenOutcomes.apply(newer))).isEqualTo(RejectReason.REFUSED_BY_API);
        assertThat(tokenOutcomes.apply(older)).isEqualTo(new TokenOutcome.Accepted());
    }

    @Test
    void anOlderUpdateInALaterEventIsSuperseded() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        var run = new PassRunner(always(ScriptedApi.ACCEPTED));
        queued.addMadeAt(SWORDS, "1", noon);
        run.over(queued.updates());

        var later = new QueuedUpdateBuilder(Instant.now());
        QueuedUpdate older = later.addMadeAt(SWORDS, "1", noon.minusSeconds(1));
        QueuedUpdate newer = later.addMadeAt(SWORDS, "2", noon.minusSeconds(1));
        var tokenOutcomes = run.over(later.updates());

        assertThat(tokenOutcomes.apply(older)).isEqualTo(new TokenOutcome.Superseded());
        assertThat(tokenOutcomes.apply(newer)).isEqualTo(new TokenOutcome.Accepted());
        assertThat(run.api.requests()).hasSize(2);
    }

    @Test
    void anUpdateThatAnotherCopyIsSendingReturnsWithinSecondsNotAfterTheWholeLease() {
        var run = new PassRunner(always(ScriptedApi.ACCEPTED));
        QueuedUpdate update = queued.add(SWORDS, "1");
        Instant now = Instant.now();
        run.ledger.claim("other copy", false, List.of(update.token()), now, now.plusSeconds(15), Duration.ofSeconds(1));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(wait(tokenOutcomes.apply(update))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(run.api.requests()).isEmpty();
        run.ledger.recordOutcome("other copy", new TokenLedger.NotApplied(false), now, Duration.ofSeconds(1));
        assertThat(run.over(queued.updates()).apply(update)).isEqualTo(new TokenOutcome.Accepted());
    }

    @Test
    void oneRefusedTokenOfAThousandIsFoundInAtMostThirteenMoreRequests() {
        for (String bad : List.of("0", "1", "124", "125", "249", "250", "631", "999")) {
            var thousand = new QueuedUpdateBuilder(Instant.now());
            thousand.addMany(SWORDS, 0, 1000);
            var run = new PassRunner(refusing(Set.of(bad)));

            var tokenOutcomes = run.over(thousand.updates());

            assertThat(run.api.requests()).hasSizeLessThanOrEqualTo(4 + 13);
            assertThat(thousand.updates()).allSatisfy(update -> {
                TokenOutcome tokenOutcome = tokenOutcomes.apply(update);
                if (update.token().key().tokenId().equals(bad)) {
                    assertThat(reason(tokenOutcome)).isEqualTo(RejectReason.REFUSED_BY_API);
                    assertThat(((TokenOutcome.Rejected) tokenOutcome)
                                    .rejection()
                                    .detail())
                            .contains("Token " + bad);
                } else {
                    assertThat(tokenOutcome).isEqualTo(new TokenOutcome.Accepted());
                }
            });
        }
    }

    @Test
    void elevenRefusedTokensAreFoundInOnePass() {
        Set<String> bad = Set.of("3", "17", "40", "77", "101", "102", "140", "171", "200", "233", "249");
        queued.addMany(SWORDS, 0, 250);
        var run = new PassRunner(refusing(bad));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).hasSizeLessThanOrEqualTo(90);
        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update))
                        .isInstanceOf(
                                bad.contains(update.token().key().tokenId())
                                        ? TokenOutcome.Rejected.class
                                        : TokenOutcome.Accepted.class));
    }

    @Test
    void aSearchContinuesInMessagesOfItsOwnWhenTheQuotaEnds() {
        queued.addMany(SWORDS, 0, 250);
        var calls = new AtomicInteger();
        var run = new PassRunner(request -> calls.incrementAndGet() > 6
                ? ScriptedApi.throttled(Duration.ofSeconds(90))
                : refusing(Set.of("77", "200")).apply(request));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .anySatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        Map<Object, Long> parts = queued.updates().stream()
                .filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.SearchContinued)
                .collect(Collectors.groupingBy(
                        update -> ((TokenOutcome.SearchContinued) tokenOutcomes.apply(update)).search(),
                        Collectors.counting()));
        assertThat(parts.values())
                .isNotEmpty()
                .allSatisfy(size -> assertThat(size).isLessThan(250));
    }

    @Test
    void aMessageToBeSentAloneIsNeverPackedWithOthers() {
        queued.addMany(SWORDS, 0, 10);
        queued.addAlone(SWORDS, 100, 20);
        queued.addAlone(SWORDS, 200, 5);
        var run = new PassRunner(always(ScriptedApi.ACCEPTED));

        run.over(queued.updates());

        assertThat(run.api.requests())
                .extracting(request -> request.tokenIds().size())
                .containsExactlyInAnyOrder(10, 20, 5);
    }

    @Test
    void twoTokensRefusedAloneAreRejectedButThreeWithoutAnAcceptanceMeanThatEveryRequestIsRefused() {
        var two = new QueuedUpdateBuilder(Instant.now());
        two.addMany(SWORDS, 0, 2);
        var fatesOfTwo = new PassRunner(always(ScriptedApi.REFUSED)).over(two.updates());
        assertThat(two.updates())
                .allSatisfy(
                        update -> assertThat(reason(fatesOfTwo.apply(update))).isEqualTo(RejectReason.REFUSED_BY_API));

        var three = new QueuedUpdateBuilder(Instant.now());
        three.addMany(SWORDS, 0, 3);
        var run = new PassRunner(always(ScriptedApi.REFUSED));
        var fatesOfThree = run.over(three.updates());
        assertThat(three.updates())
                .allSatisfy(
                        update -> assertThat(wait(fatesOfThree.apply(update))).isPositive());
        assertThat(run.log.toString(StandardCharsets.UTF_8))
                .contains("refused every token of this collection that was tried alone");
    }

    @Test
    void aRequestRefusedAsAWholeIsNotSplit() {
        for (int tokens : List.of(250, 5_000)) {
            var everything = new QueuedUpdateBuilder(Instant.now());
            everything.addMany(SWORDS, 0, tokens);
            var run = new PassRunner(always(ScriptedApi.REFUSED));

            var tokenOutcomes = run.over(everything.updates());

            assertThat(everything.updates())
                    .allSatisfy(update ->
                            assertThat(wait(tokenOutcomes.apply(update))).isPositive());
            assertThat(run.api.requests()).hasSizeLessThanOrEqualTo(tokens / 250 + 40);
        }
    }

    @Test
    void theRestOfASearchMayConsistOfRefusedTokensOnly() {
        var others = new SearchProgress(0, 0, false, 20, 3, 0, 8, false);
        List<String> left = IntStream.range(0, 8).mapToObj(Integer::toString).toList();
        queued.addAlone(SWORDS, left, Duration.ofMinutes(1), 2, others);
        var run = new PassRunner(always(ScriptedApi.REFUSED));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(update ->
                        assertThat(reason(tokenOutcomes.apply(update))).isEqualTo(RejectReason.REFUSED_BY_API));
    }

    @Test
    void aRefusedKeyIsReadAgainAndTheRequestIsSentWithTheNewOne() {
        queued.addMany(SWORDS, 0, 600);
        var run = new PassRunner(
                        request -> request.apiKey().equals("key-2") ? ScriptedApi.ACCEPTED : ScriptedApi.KEY_REFUSED)
                .withKeys("key-1", "key-2");

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
    }

    @Test
    void aKeyThatStaysRefusedReturnsEverythingAfterOneRequest() {
        queued.addMany(SWORDS, 0, 600);
        queued.addMany(SHIELDS, 0, 600);
        var run = new PassRunner(always(ScriptedApi.KEY_REFUSED));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(
                        update -> assertThat(wait(tokenOutcomes.apply(update))).isPositive());
        assertThat(run.api.requests()).hasSize(1);
        assertThat(run.log.toString(StandardCharsets.UTF_8))
                .contains("put a valid key into the secret")
                .doesNotContain("key-1");
    }

    @Test
    void anUnknownCollectionDoesNotAffectOthers() {
        List<QueuedUpdate> unknown = queued.addMany(SWORDS, 0, 600);
        List<QueuedUpdate> known = queued.addMany(SHIELDS, 0, 600);
        var run = new PassRunner(
                request -> request.collection().equals(SWORDS) ? ScriptedApi.NOT_FOUND : ScriptedApi.ACCEPTED);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(known)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(unknown)
                .allSatisfy(
                        update -> assertThat(wait(tokenOutcomes.apply(update))).isPositive());
    }

    @Test
    void aLongWaitReturnsEverythingForAtLeastThatWaitAndNothingMoreIsSent() {
        queued.addMany(SWORDS, 0, 1000);
        Duration asked = Duration.ofSeconds(90);
        var run = new PassRunner(always(ScriptedApi.throttled(asked)));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).hasSize(1);
        // A few milliseconds passed between the answer and the return.
        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(wait(tokenOutcomes.apply(update)))
                        .isBetween(asked.minusSeconds(1), asked.plusSeconds(9)));
    }

    @Test
    void aShortWaitIsSpentInTheInvocation() {
        queued.addMany(SWORDS, 0, 500);
        var calls = new AtomicInteger();
        var run = new PassRunner(_ ->
                calls.incrementAndGet() == 2 ? ScriptedApi.throttled(Duration.ofMillis(200)) : ScriptedApi.ACCEPTED);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(run.api.requests()).hasSize(3);
    }

    @Test
    void aFailedRequestIsTriedAgainInTheInvocationWhenItsWaitIsShort() {
        queued.addMany(SWORDS, 0, 500);
        var calls = new AtomicInteger();
        var run = new PassRunner(_ -> calls.incrementAndGet() == 2 ? ScriptedApi.BROKEN : ScriptedApi.ACCEPTED);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        assertThat(run.api.requests()).hasSize(3);
    }

    @Test
    void aFailedRequestReturnsAloneWhenItsWaitIsLong() {
        // After so many attempts the wait is drawn from up to 15 minutes.
        List<QueuedUpdate> old = new ArrayList<>();
        for (int id = 0; id < 250; id++) {
            old.add(queued.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(30), 20));
        }
        List<QueuedUpdate> others = queued.addMany(SHIELDS, 0, 250);
        var run =
                new PassRunner(request -> request.collection().equals(SWORDS) ? ScriptedApi.CUT : ScriptedApi.ACCEPTED);

        var tokenOutcomes = run.over(queued.updates());

        assertThat(others)
                .allSatisfy(update -> assertThat(tokenOutcomes.apply(update)).isEqualTo(new TokenOutcome.Accepted()));
        // One wait for all tokens of the request, so that they return together.
        assertThat(old.stream().map(tokenOutcomes).distinct()).hasSize(1);
        assertThat(wait(tokenOutcomes.apply(old.getFirst()))).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(15));
    }

    @Test
    void threeFailuresInARowReturnTheRest() {
        queued.addMany(SWORDS, 0, 5000);
        var run = new PassRunner(always(ScriptedApi.CUT));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(
                        update -> assertThat(wait(tokenOutcomes.apply(update))).isPositive());
        assertThat(run.api.requests()).hasSizeLessThan(10);
    }

    @Test
    void noRequestBeginsThatCouldOutliveTheInvocation() {
        queued.addMany(SWORDS, 0, 10);
        var run = new PassRunner(always(ScriptedApi.ACCEPTED)).withRemainingTime(Duration.ofSeconds(3));

        var tokenOutcomes = run.over(queued.updates());

        assertThat(run.api.requests()).isEmpty();
        assertThat(queued.updates())
                .allSatisfy(
                        update -> assertThat(wait(tokenOutcomes.apply(update))).isEqualTo(Duration.ofSeconds(1)));
    }
}
