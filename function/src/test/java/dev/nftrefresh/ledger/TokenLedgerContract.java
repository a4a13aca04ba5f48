package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestOutcome;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for every ledger. Times are seconds after noon; unless stated otherwise, each claim is leased for 30 s.
 * Others wait two seconds longer, as the clocks of two copies may differ by so much.
 */
public abstract class TokenLedgerContract {
    static final Duration AT_MOST = Duration.ofSeconds(30);
    static final Granted GRANTED = new Granted(0, null);
    static final Superseded SUPERSEDED = new Superseded();
    static final String SWORD = "1";
    static final String SHIELD = "2";

    /** How a request can fail to apply anything, as far as the ledger learns. */
    enum Failure {
        NOT_APPLIED,
        SENDER_DIED,
        UNKNOWN_AND_OVER
    }

    private static final int CLOCKS = 2;
    private static final int DAY = 24 * 3600;

    private TokenLedger ledger;

    /** An empty ledger, with this time between an acceptance of a token and its next update. */
    protected abstract TokenLedger freshLedger(Duration tokenInterval);

    @BeforeEach
    void startAfresh() {
        ledger = freshLedger(Duration.ZERO);
    }

    /** Claims one version of the sword, {@code at} and for 30 s. */
    private ClaimResult claim(String request, int version, int at) {
        return claim(request, at, LedgerUpdates.of(SWORD, version)).getFirst();
    }

    private List<ClaimResult> claim(String request, int at, TokenUpdate... updates) {
        return ledger.claim(request, false, List.of(updates), LedgerUpdates.at(at), LedgerUpdates.at(at + 30), AT_MOST);
    }

    private void end(String request, RequestOutcome end) {
        end(request, end, 0);
    }

    private void end(String request, RequestOutcome end, int at) {
        assertThat(ledger.recordOutcome(request, end, LedgerUpdates.at(at), AT_MOST))
                .isTrue();
    }

    private static NotApplied failed() {
        return new NotApplied(true);
    }

    /** For the rest of these seconds, and the possible difference of two clocks. */
    private static Busy busy(int seconds) {
        return new Busy(Duration.ofSeconds(seconds + CLOCKS));
    }

    /** Version 2 is claimed at 0 and fails; from 32 on it blocks no claim. */
    private void version2Fails(Failure failure) {
        assertThat(claim("failed", 2, 0)).isEqualTo(GRANTED);
        switch (failure) {
            case NOT_APPLIED -> end("failed", new NotApplied(false));
            case SENDER_DIED -> {}
            case UNKNOWN_AND_OVER -> end("failed", new Unknown(LedgerUpdates.at(29), false));
        }
    }

    @Test
    void grantsATokenThatIsNotKnown() {
        assertThat(claim("a", 1, 0)).isEqualTo(GRANTED);
    }

    @Test
    void answersEachTokenInItsOrder() {
        claim("other", 0, LedgerUpdates.of(SHIELD, 2));
        assertThat(claim("accepted", 0, LedgerUpdates.of("3", 2))).containsExactly(GRANTED);
        end("accepted", new Accepted());

        assertThat(claim(
                        "a",
                        10,
                        LedgerUpdates.of("3", 1),
                        LedgerUpdates.of(SWORD, 1),
                        LedgerUpdates.of(SHIELD, 1),
                        LedgerUpdates.of("3", 3)))
                .containsExactly(SUPERSEDED, GRANTED, busy(20), GRANTED);
    }

    @Test
    void aRunningRequestBlocksOlderEqualAndNewerVersionsForTheRestOfItsLease() {
        claim("running", 2, 0);

        assertThat(claim("older", 1, 0)).isEqualTo(busy(30));
        assertThat(claim("equal", 2, 10)).isEqualTo(busy(20));
        assertThat(claim("newer", 3, 29)).isEqualTo(busy(1));
    }

    @Test
    void aDeniedClaimLeavesTheRunningOneUnchanged() {
        claim("running", 2, 0);
        claim("newer", 3, 10);
        end("newer", new Accepted());
        end("running", new Accepted());

        assertThat(claim("a", 2, 20)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("b", 3, 20)).isEqualTo(GRANTED);
    }

    @Test
    void anAcceptedVersionSupersedesItselfAndOlderOnesAtOnceAndAllowsNewerOnes() {
        claim("accepted", 2, 0);
        end("accepted", new Accepted());

        assertThat(claim("older", 1, 1)).isEqualTo(SUPERSEDED);
        assertThat(claim("equal", 2, 1)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("newer", 3, 1)).isEqualTo(GRANTED);
    }

    @Test
    void anAcceptedVersionSupersedesPermanently() {
        claim("accepted", 2, 0);
        end("accepted", new Accepted());

        assertThat(claim("older", 1, 14 * 24 * 3600)).isEqualTo(SUPERSEDED);
    }

    @Test
    void anAcceptedVersionSupersedesOneOfTheSameTimeWithASmallerHash() {
        claim("accepted", 0, LedgerUpdates.of(SWORD, 2, 0x8000_0000_0000_0000L));
        end("accepted", new Accepted());

        assertThat(claim("a", 1, LedgerUpdates.of(SWORD, 2, 0x7fff_ffff_ffff_ffffL)))
                .containsExactly(SUPERSEDED);
        assertThat(claim("b", 1, LedgerUpdates.of(SWORD, 2, 0x8000_0000_0000_0001L)))
                .containsExactly(GRANTED);
    }

    @Test
    void versionsANanosecondApartAreDistinguished() {
        claim("accepted", 0, LedgerUpdates.made(SWORD, LedgerUpdates.at(-60).plusNanos(1)));
        end("accepted", new Accepted());

        assertThat(claim("a", 1, LedgerUpdates.made(SWORD, LedgerUpdates.at(-60))))
                .containsExactly(SUPERSEDED);
        assertThat(claim("b", 1, LedgerUpdates.made(SWORD, LedgerUpdates.at(-60).plusNanos(2))))
                .containsExactly(GRANTED);
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureNewerAndEqualVersionsMayBeSent(Failure failure) {
        for (int version = 2; version <= 3; version++) {
            ledger = freshLedger(Duration.ZERO);
            version2Fails(failure);

            assertThat(claim("a", version, 32)).as("version %d", version).isEqualTo(GRANTED);
        }
    }

    @Test
    void anUnappliedVersionBlocksNoOlderOne() {
        version2Fails(Failure.NOT_APPLIED);
        assertThat(claim("a", 1, 30)).isEqualTo(GRANTED);
    }

    @Test
    void anOlderVersionWaitsADayForTheOutcomeOfOneThatMayHaveBeenAccepted() {
        version2Fails(Failure.SENDER_DIED);
        assertThat(claim("a", 1, 32)).isEqualTo(new Busy(Duration.ofDays(1)));
        assertThat(claim("b", 1, DAY + 31)).isEqualTo(new Busy(Duration.ofSeconds(1)));
        assertThat(claim("c", 1, DAY + 32)).isEqualTo(GRANTED);
    }

    @Test
    void whenOneThatMayHaveBeenAcceptedIsAcceptedOlderOnesAreSuperseded() {
        version2Fails(Failure.UNKNOWN_AND_OVER);
        claim("again", 2, 40);
        end("again", new Accepted());
        assertThat(claim("older", 1, 41)).isEqualTo(SUPERSEDED);
    }

    @Test
    void anOlderVersionWaitsForOneThatMayHaveBeenAcceptedAlthoughANewerOneWasRefusedSince() {
        version2Fails(Failure.SENDER_DIED);
        assertThat(claim("newer", 3, 40)).isEqualTo(GRANTED);
        end("newer", new NotApplied(false));

        assertThat(claim("older", 1, 50)).isInstanceOf(Busy.class);
        assertThat(claim("equal", 2, 50)).isEqualTo(GRANTED);
        end("equal", new NotApplied(false));
        assertThat(claim("still older", 1, 60)).isInstanceOf(Busy.class);
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureAnEarlierAcceptanceStillSupersedes(Failure failure) {
        claim("accepted", 1, -10);
        end("accepted", new Accepted());
        version2Fails(failure);

        assertThat(claim("older", 0, 32)).isEqualTo(SUPERSEDED);
        assertThat(claim("accepted before", 1, 32)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("the failed one", 2, 32)).isEqualTo(GRANTED);
    }

    @ParameterizedTest
    @EnumSource
    void anAcceptedVersionIsKeptThroughManyFailures(Failure failure) {
        claim("accepted", 1, -10);
        end("accepted", new Accepted());
        version2Fails(failure);
        for (int i = 0; i < 5; i++) {
            claim("again " + i, 2 + i, 32 + i);
            end("again " + i, new NotApplied(false));
        }

        assertThat(claim("a", 1, 40)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("b", 2, 40)).isEqualTo(GRANTED);
    }

    @Test
    void anAnswerEndsTheLeaseAtOnce() {
        claim("refused", 2, 0);
        end("refused", new NotApplied(false));

        assertThat(claim("newer", 3, 0)).isEqualTo(GRANTED);
    }

    @Test
    void aRefusedVersionSupersedesNothing() {
        claim("refused", 3, 0);
        end("refused", new NotApplied(false));
        claim("older", 1, 1);
        end("older", new Accepted());

        assertThat(claim("between", 2, 2)).isEqualTo(GRANTED);
    }

    @Test
    void aLeaseIsValidUntilItsEndAndNoLonger() {
        claim("dead", 2, 0);

        assertThat(claim("early", 1, 31)).isEqualTo(new Busy(Duration.ofSeconds(1)));
        assertThat(claim("late", 3, 32)).isEqualTo(GRANTED);
    }

    @Test
    void anAnswerAfterTheEndOfTheLeaseStillCounts() {
        claim("late", 2, 0);
        end("late", new Accepted());

        assertThat(claim("older", 1, 300)).isEqualTo(SUPERSEDED);
        assertThat(claim("equal", 2, 300)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("newer", 3, 300)).isEqualTo(GRANTED);
    }

    @Test
    void anAcceptanceRecordedAfterANewerVersionTookOverStillCounts() {
        claim("late", 2, 0);
        assertThat(claim("newer", 3, 32)).isEqualTo(GRANTED);
        end("late", new Accepted());
        end("newer", new NotApplied(false));

        assertThat(claim("older", 1, 35)).isEqualTo(SUPERSEDED);
        assertThat(claim("equal", 2, 35)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("newer", 3, 35)).isEqualTo(GRANTED);
    }

    @Test
    void anAcceptanceRecordedAfterANewerVersionWasAcceptedChangesNothing() {
        claim("late", 1, 0);
        claim("newer", 3, 32);
        end("newer", new Accepted());
        end("late", new Accepted());

        assertThat(claim("between", 2, 40)).isEqualTo(SUPERSEDED);
        assertThat(claim("newest", 4, 40)).isEqualTo(GRANTED);
    }

    @Test
    void whileAnOutcomeIsUnknownTheSameVersionMayBeSentAgainAtOnceAndOthersWait() {
        claim("unknown", 2, 0);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));

        assertThat(claim("older", 1, 5)).isEqualTo(busy(115));
        assertThat(claim("newer", 3, 20)).isEqualTo(busy(100));
        assertThat(claim("same", 2, 20)).isEqualTo(GRANTED);
    }

    @Test
    void aRepeatedRequestBlocksTheSameVersionWhileItRuns() {
        claim("unknown", 2, 0);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));
        claim("again", 2, 5);

        assertThat(claim("same", 2, 10)).isEqualTo(busy(25));
    }

    /** The first request may still be applied, and would overwrite a newer version. */
    @Test
    void anOutcomeStaysUnknownAlthoughTheSameVersionWasSentAgainAndNotApplied() {
        claim("unknown", 2, 0);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));
        claim("again", 2, 5);
        end("again", new NotApplied(false));

        assertThat(claim("older", 1, 10)).isEqualTo(busy(110));
        assertThat(claim("newer", 3, 10)).isEqualTo(busy(110));
        assertThat(claim("same", 2, 10)).isEqualTo(GRANTED);
    }

    @Test
    void anOutcomeStaysUnknownAlthoughTheSameVersionWasSentAgainAndAccepted() {
        claim("unknown", 2, 0);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));
        claim("again", 2, 5);
        end("again", new Accepted());

        assertThat(claim("older", 1, 10)).isEqualTo(SUPERSEDED);
        assertThat(claim("same", 2, 10)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("newer", 3, 10)).isEqualTo(busy(110));
        assertThat(claim("newer", 3, 121)).isEqualTo(new Busy(Duration.ofSeconds(1)));
        assertThat(claim("newer", 3, 122)).isEqualTo(GRANTED);
    }

    @Test
    void anOutcomeStaysUnknownAlthoughTheSameVersionWasSentAgainAndItsCopyCrashed() {
        claim("unknown", 2, 0);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));
        claim("again", 2, 5);

        assertThat(claim("newer", 3, 10)).isEqualTo(busy(110));
        assertThat(claim("newer", 3, 40)).isEqualTo(busy(80));
        assertThat(claim("same", 2, 40)).isEqualTo(GRANTED);
    }

    @Test
    void anUnknownOutcomeEndsTheLeaseAlthoughItWasLonger() {
        ledger.claim(
                "unknown",
                false,
                List.of(LedgerUpdates.of(SWORD, 2)),
                LedgerUpdates.at(0),
                LedgerUpdates.at(900),
                AT_MOST);
        end("unknown", new Unknown(LedgerUpdates.at(120), false));

        assertThat(claim("older", 1, 119)).isEqualTo(busy(1));
        assertThat(claim("newer", 3, 122)).isEqualTo(GRANTED);
    }

    @Test
    void anUnknownOutcomeBlocksNewerVersionsOnlyAsLongAsItIsUnknown() {
        for (int version = 2; version <= 3; version++) {
            ledger = freshLedger(Duration.ZERO);
            claim("unknown", 2, 0);
            end("unknown", new Unknown(LedgerUpdates.at(120), false));

            assertThat(claim("a", version, 122)).as("version %d", version).isEqualTo(GRANTED);
        }
    }

    @Test
    void aRequestsOutcomeCountsForEachOfItsTokens() {
        claim("a", 0, LedgerUpdates.of(SWORD, 2), LedgerUpdates.of(SHIELD, 5));
        end("a", new Accepted());

        assertThat(claim("b", 1, LedgerUpdates.of(SWORD, 2), LedgerUpdates.of(SHIELD, 4)))
                .containsExactly(new AlreadyAccepted(false), SUPERSEDED);
        assertThat(claim("c", 1, LedgerUpdates.of(SWORD, 3), LedgerUpdates.of(SHIELD, 6)))
                .containsExactly(GRANTED, GRANTED);
    }

    @Test
    void aRequestsOutcomeCountsOnlyForTheTokensThatItWasGranted() {
        claim("other", 0, LedgerUpdates.of(SHIELD, 1));
        assertThat(claim("a", 0, LedgerUpdates.of(SWORD, 2), LedgerUpdates.of(SHIELD, 5)))
                .containsExactly(GRANTED, busy(30));
        end("a", new Accepted());
        end("other", new NotApplied(false));

        assertThat(claim("b", 1, LedgerUpdates.of(SHIELD, 4))).containsExactly(GRANTED);
    }

    /** Where claims were denied, others fill the same request. */
    @Test
    void aRequestMayClaimMoreBeforeItIsSentAndItsOutcomeCountsForAll() {
        claim("a", 0, LedgerUpdates.of(SWORD, 2));
        assertThat(ledger.claim(
                        "a",
                        false,
                        List.of(LedgerUpdates.of(SHIELD, 2)),
                        LedgerUpdates.at(10),
                        LedgerUpdates.at(30),
                        AT_MOST))
                .containsExactly(GRANTED);

        assertThat(claim("b", 12, LedgerUpdates.of(SWORD, 3), LedgerUpdates.of(SHIELD, 3)))
                .containsExactly(busy(18), busy(18));
        end("a", new Accepted());
        assertThat(claim("c", 12, LedgerUpdates.of(SWORD, 2), LedgerUpdates.of(SHIELD, 2)))
                .containsExactly(new AlreadyAccepted(false), new AlreadyAccepted(false));
    }

    @Test
    void claimingMoreNeverShortensTheLease() {
        claim("a", 0, LedgerUpdates.of(SWORD, 2));
        ledger.claim(
                "a", false, List.of(LedgerUpdates.of(SHIELD, 2)), LedgerUpdates.at(1), LedgerUpdates.at(20), AT_MOST);

        assertThat(claim("b", 2, LedgerUpdates.of(SWORD, 3))).containsExactly(busy(28));
    }

    @Test
    void tokensOfTheSameIdInOtherCollectionsAreDifferentTokens() {
        claim("a", 0, LedgerUpdates.of(SWORD, 2));

        assertThat(claim("b", 1, LedgerUpdates.ofOtherCollection(SWORD, 2))).containsExactly(GRANTED);
    }

    @Test
    void theOutcomeOfARequestThatClaimedNothingDoesNotMatter() {
        end("never seen", new Accepted());

        assertThat(claim("a", 1, 0)).isEqualTo(GRANTED);
    }

    @Test
    void aMessageLearnsWhetherAnotherRequestIncludedItsUpdate() {
        ledger.claim(
                "a", true, List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), LedgerUpdates.at(30), AT_MOST);
        ledger.claim(
                "a", false, List.of(LedgerUpdates.of(SHIELD, 2)), LedgerUpdates.at(0), LedgerUpdates.at(30), AT_MOST);
        end("a", new Accepted());

        assertThat(claim("b", 1, LedgerUpdates.of(SWORD, 2), LedgerUpdates.of(SHIELD, 2)))
                .containsExactly(new AlreadyAccepted(true), new AlreadyAccepted(false));
    }

    @Test
    void aPreviewReturnsWhatAClaimWouldAndClaimsNothing() {
        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), AT_MOST))
                .containsExactly(GRANTED);
        assertThat(claim("a", 2, 0)).isEqualTo(GRANTED);
        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), AT_MOST))
                .containsExactly(busy(30));
    }

    @Test
    void aNewerUpdateWaitsForTheRestOfTheTokensInterval() {
        ledger = freshLedger(Duration.ofSeconds(10));
        claim("a", 2, 0);
        end("a", new Accepted(), 1);

        assertThat(claim("newer", 3, 2)).isEqualTo(busy(9));
        assertThat(claim("newer", 3, 12)).isEqualTo(new Busy(Duration.ofSeconds(1)));
        assertThat(claim("newer", 3, 13)).isEqualTo(GRANTED);
    }

    @Test
    void theTokensIntervalDelaysNothingThatIsSettled() {
        ledger = freshLedger(Duration.ofSeconds(10));
        claim("a", 2, 0);
        end("a", new Accepted(), 1);

        assertThat(claim("older", 1, 2)).isEqualTo(SUPERSEDED);
        assertThat(claim("equal", 2, 2)).isEqualTo(new AlreadyAccepted(false));
        assertThat(claim("another token", 2, LedgerUpdates.of(SHIELD, 1))).containsExactly(GRANTED);
    }

    @Test
    void theTokensIntervalCountsFromTheNewestAcceptance() {
        ledger = freshLedger(Duration.ofSeconds(10));
        claim("a", 2, 0);
        end("a", new Accepted(), 0);
        claim("b", 3, 20);
        end("b", new Accepted(), 21);

        assertThat(claim("newer", 4, 22)).isEqualTo(busy(9));
    }

    @Test
    void requestsThatFailedWithATokenAreCountedUntilOneIsAccepted() {
        for (int failures = 0; failures < 3; failures++) {
            assertThat(claim("failed " + failures, 5, failures)).isEqualTo(new Granted(failures, null));
            end("failed " + failures, failed());
        }
        assertThat(claim("accepted", 5, 10)).isEqualTo(new Granted(3, null));
        end("accepted", new Accepted());

        assertThat(claim("next", 6, 11)).isEqualTo(GRANTED);
    }

    @Test
    void theFailuresOfAVersionDoNotCountForTheNextOneWhichMayFixThem() {
        for (int failures = 0; failures < 3; failures++) {
            claim("failed " + failures, 5, failures);
            end("failed " + failures, failed());
        }
        assertThat(claim("fixed", 6, 10)).isEqualTo(GRANTED);
        end("fixed", failed());

        assertThat(claim("again", 6, 11)).isEqualTo(new Granted(1, null));
    }

    @Test
    void theFailuresOfAnOlderVersionDoNotCountForTheNewerOne() {
        claim("newer", 6, 0);
        end("newer", failed(), 1);
        for (int failures = 0; failures < 3; failures++) {
            assertThat(claim("older " + failures, 5, 2 + failures)).isEqualTo(new Granted(failures, null));
            end("older " + failures, failed(), 2 + failures);
        }

        assertThat(claim("newer again", 6, 10)).isEqualTo(new Granted(1, null));
        end("newer again", failed(), 11);
        assertThat(claim("older again", 5, 12)).isEqualTo(new Granted(3, null));
    }

    /** SQS delivers twice, and returns what could not be deleted. */
    @Test
    void theVersionThatWasRefusedAloneAndRejectedIsReturned() {
        claim("refused", 5, 0);
        end("refused", new TokenLedger.RefusedAlone(true), 1);

        assertThat(claim("same", 5, 2)).isEqualTo(new Granted(0, LedgerUpdates.at(1)));
        end("same", new NotApplied(false), 3);
        assertThat(claim("other", 4, 4)).isEqualTo(GRANTED);
        end("other", new NotApplied(false), 5);
        claim("newer", 6, 6);
        end("newer", new Accepted(), 7);
        assertThat(claim("same again", 5, 20)).isEqualTo(SUPERSEDED);
    }

    /** An API that refuses a token now may have accepted it when its answer was lost. */
    @Test
    void olderVersionsWaitADayForOneThatWasRefusedAloneAfterARequestOfUnknownOutcome() {
        claim("unknown", 5, 0);
        end("unknown", new Unknown(LedgerUpdates.at(10), false));
        claim("refused", 5, 1);
        end("refused", new TokenLedger.RefusedAlone(true), 2);

        assertThat(claim("older", 4, 3_600)).isInstanceOf(Busy.class);
        assertThat(claim("newer", 6, 3_600)).isEqualTo(GRANTED);
        end("newer", new NotApplied(false), 3_601);
        assertThat(claim("older later", 4, DAY + 40)).isEqualTo(GRANTED);
    }

    @Test
    void olderVersionsNeedNotWaitForOneThatWasRefusedAloneEachTime() {
        claim("refused", 5, 0);
        end("refused", new TokenLedger.RefusedAlone(true), 1);

        assertThat(claim("older", 4, 2)).isEqualTo(GRANTED);
    }

    @Test
    void theVersionThatWasRefusedAloneButReturnedIsSentAgain() {
        claim("refused", 5, 0);
        end("refused", new TokenLedger.RefusedAlone(false), 1);

        assertThat(claim("same", 5, 2)).isEqualTo(GRANTED);
    }

    @Test
    void anOutcomeThatIsNoFailureLeavesTheCountUnchanged() {
        claim("a", 2, 0);
        end("a", failed());
        claim("b", 2, 1);
        end("b", new NotApplied(false));
        claim("c", 2, 2);
        end("c", new Unknown(LedgerUpdates.at(2), false));
        claim("d", 2, 10);

        assertThat(claim("e", 2, 42)).isEqualTo(new Granted(1, null));
    }

    @Test
    void aTokenRefusedWithOthersIsSuspiciousUntilItIsAccepted() {
        claim("a", 2, 0);
        end("a", new TokenLedger.RefusedWithOthers());

        assertThat(claim("b", 2, 1)).isEqualTo(new Granted(TokenLedger.SUSPICIOUS_FAILURES, null));
        end("b", new Accepted());
        assertThat(claim("newer", 3, 20)).isEqualTo(GRANTED);
    }

    @Test
    void anUnknownOutcomeCanBeAFailureToo() {
        claim("a", 2, 0);
        end("a", new Unknown(LedgerUpdates.at(120), true));
        assertThat(claim("same", 2, 1)).isEqualTo(new Granted(1, null));
    }

    @Test
    void aCopyWhoseClockIsTwoSecondsAheadDoesNotConsiderALeaseOver() {
        claim("running", 2, 0);
        assertThat(claim("ahead", 3, 30 + CLOCKS - 1)).isInstanceOf(Busy.class);
    }

    /** The order is not guaranteed then; but nothing is lost, and nothing waits forever. */
    @ParameterizedTest
    @ValueSource(ints = {-120, 120})
    void aCopyWhoseClockIsMinutesOffDelaysOthersForMinutesAtMost(int off) {
        claim("off", 2, off);
        end("off", new Unknown(LedgerUpdates.at(off + 120), true), off);
        assertThat(claim("same", 2, 1)).isEqualTo(new Granted(1, null));
        end("same", new Accepted(), 2);

        assertThat(claim("older", 1, 3)).isEqualTo(SUPERSEDED);
        assertThat(claim("newer", 3, 242)).isEqualTo(GRANTED);
    }

    @Test
    void exactlyOneOfManyConcurrentClaimsOfATokenIsGranted() throws Exception {
        int threads = 16;
        var together = new CyclicBarrier(threads);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 20; round++) {
                String token = "round " + round;
                var claims = new ArrayList<Future<ClaimResult>>();
                for (int i = 0; i < threads; i++) {
                    String request = token + " of " + i;
                    TokenUpdate update = LedgerUpdates.of(token, i % 3);
                    Callable<ClaimResult> racer = () -> {
                        together.await();
                        return claim(request, 0, update).getFirst();
                    };
                    claims.add(executor.submit(racer));
                }
                int granted = 0;
                for (Future<ClaimResult> claim : claims) {
                    granted += claim.get().equals(GRANTED) ? 1 : 0;
                }
                assertThat(granted).isEqualTo(1);
            }
        }
    }
}
