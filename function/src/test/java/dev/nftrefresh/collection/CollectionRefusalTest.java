package dev.nftrefresh.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.table.SharedTable.TableItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are minutes after noon. */
class CollectionRefusalTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration OLD = Duration.ofDays(3);

    private static Instant at(double minutes) {
        return NOON.plusMillis(Math.round(minutes * 60_000));
    }

    private static CollectionRefusal answered(RefusalCause cause, double... minutes) {
        @Nullable CollectionRefusal refusal = null;
        for (double minute : minutes) {
            refusal = CollectionRefusal.ofCollection(refusal, cause, at(minute - 0.01), at(minute));
        }
        return Objects.requireNonNull(refusal);
    }

    @Test
    void anUpdateIsRejectedWhenTheApiHasNotKnownTheCollectionForAnHourInThreeAnswers() {
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0, 30, 60);

        assertThat(answered(RefusalCause.NOT_FOUND, 0, 30, 59.9).isExpired(Duration.ofHours(1), at(59.9)))
                .isFalse();
        assertThat(refusal.isExpired(Duration.ofHours(1), at(60))).isTrue();
        assertThat(refusal.isExpired(Duration.ofMinutes(59), at(60)))
                .as("an update that is younger than that")
                .isFalse();
    }

    @Test
    void answersOfOneBurstCountOnce() {
        assertThat(answered(RefusalCause.NOT_FOUND, 0, 9.9, 60).isExpired(OLD, at(60)))
                .isFalse();
        assertThat(answered(RefusalCause.NOT_FOUND, 0, 10, 60).isExpired(OLD, at(60)))
                .isTrue();
    }

    @Test
    void aForbiddenCollectionIsRejectedAfterADayInWhichOthersWereAccepted() {
        assertThat(answered(RefusalCause.FORBIDDEN, 0, 60, 1439).isExpired(OLD, at(1439)))
                .isFalse();
        assertThat(answered(RefusalCause.FORBIDDEN, 0, 60, 1440).isExpired(OLD, at(1440)))
                .isTrue();
    }

    @Test
    void ifEveryCollectionIsForbiddenTheDayBeginsOnlyWhenOthersAreAccepted() {
        CollectionRefusal refusal = forbidden(null, null, 0);
        for (int hour = 1; hour <= 26; hour++) {
            refusal = forbidden(refusal, null, 60 * hour);
        }
        assertThat(refusal.isExpired(OLD, at(26 * 60))).isFalse();

        for (int hour = 27; hour < 50; hour++) {
            refusal = forbidden(refusal, at(60 * hour - 10), 60 * hour);
            assertThat(refusal.isExpired(OLD, at(60 * hour))).isFalse();
        }
        refusal = forbidden(refusal, at(60 * 50 - 10), 60 * 50);
        assertThat(refusal.isExpired(OLD, at(60 * 50))).isTrue();
    }

    private static CollectionRefusal forbidden(
            @Nullable CollectionRefusal known, @Nullable Instant accepted, double minute) {
        return CollectionRefusal.ofCollection(known, RefusalCause.FORBIDDEN, accepted, at(minute));
    }

    @Test
    void nothingIsRejectedWhileAProbeIsInFlight() {
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0, 30, 60);
        Instant due = Objects.requireNonNull(refusal.waitUntil());

        assertThat(refusal.isExpired(OLD, due.minusMillis(1))).isTrue();
        assertThat(refusal.isExpired(OLD, due)).isFalse();
        assertThat(refusal.probed(due).isExpired(OLD, due)).isFalse();
    }

    @Test
    void refusedForTwoReasonsInTurnItWaitsLongerEachTimeAndRejectsNothing() {
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0);
        for (int i = 1; i <= 20; i++) {
            Instant due = Objects.requireNonNull(refusal.waitUntil());
            refusal = CollectionRefusal.ofCollection(
                    refusal, i % 2 == 0 ? RefusalCause.NOT_FOUND : RefusalCause.FORBIDDEN, due, due);
        }

        assertThat(refusal.waitCount()).isEqualTo(21);
        assertThat(refusal.isExpired(OLD, refusal.lastAnswerAt())).isFalse();
    }

    @Test
    void aDayWithoutSuchAnAnswerStartsAgain() {
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0, 30, 30 + 24 * 60);

        assertThat(refusal.since()).isEqualTo(at(30 + 24 * 60));
        assertThat(refusal.isExpired(OLD, at(30 + 24 * 60))).isFalse();
    }

    @Test
    void itWaitsLongerEachTimeUpToAQuarterOfAnHourAndAnHourAfterADay() {
        var waits = new ArrayList<Long>();
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0);
        Instant now = NOON;
        while (now.isBefore(NOON.plus(Duration.ofHours(30)))) {
            Duration wait = refusal.remainingWait(now);
            waits.add(wait.toSeconds());
            now = now.plus(wait);
            refusal = CollectionRefusal.ofCollection(refusal.probed(now), RefusalCause.NOT_FOUND, null, now);
        }

        assertThat(waits).startsWith(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L);
        assertThat(waits).endsWith(3600L);
    }

    /** Its day begins again with each such answer, but 950 receives must still last. */
    @Test
    void waitsGrowToAnHourAfterADayEvenIfTheKeyIsForbidden() {
        CollectionRefusal refusal = CollectionRefusal.ofCollection(null, RefusalCause.FORBIDDEN, null, NOON);
        int waits = 0;
        for (Instant now = NOON; now.isBefore(NOON.plus(Duration.ofDays(13))); waits++) {
            now = now.plus(refusal.remainingWait(now));
            refusal = CollectionRefusal.ofCollection(refusal.probed(now), RefusalCause.FORBIDDEN, null, now);
        }

        assertThat(waits).as("in 13 days").isBetween(300, 475);
    }

    @Test
    void answersToConcurrentRequestsBeginOneWait() {
        CollectionRefusal first = answered(RefusalCause.NOT_FOUND, 0);
        CollectionRefusal second = CollectionRefusal.ofCollection(first, RefusalCause.NOT_FOUND, null, at(0.05));

        assertThat(second.waitCount()).isEqualTo(1);
        assertThat(second.waitUntil()).isEqualTo(first.waitUntil());
    }

    /**
     * Another copy takes the probe, or the table cannot be written for hours: returned at once, 950 receives would not
     * last.
     */
    @Test
    void aCopyThatCannotProbeReturnsLaterEachTime() {
        CollectionRefusal refusal = answered(RefusalCause.NOT_FOUND, 0, 30, 60);
        Instant over = Objects.requireNonNull(refusal.waitUntil());

        assertThat(refusal.returnDelay(over.minusSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(refusal.returnDelay(over)).isEqualTo(Duration.ofSeconds(10));
        assertThat(refusal.returnDelay(over.plus(Duration.ofMinutes(4)))).isEqualTo(Duration.ofSeconds(70));
        assertThat(refusal.returnDelay(over.plus(Duration.ofHours(5)))).isEqualTo(Duration.ofMinutes(15));
    }

    /** The probe's token may fail forever: the others must not wait forever behind it. */
    @Test
    void afterAFailedProbeAnotherMayBeSentAtOnce() {
        CollectionRefusal refusal = answered(RefusalCause.FORBIDDEN, 0, 60);
        CollectionRefusal failed = refusal.probed(at(80)).failedAgain();

        assertThat(failed.isWaiting()).isTrue();
        assertThat(failed.remainingWait(at(80.01))).isZero();
    }

    @Test
    void whileAProbeIsInFlightTheOthersWaitAFewSecondsMore() {
        CollectionRefusal probed = answered(RefusalCause.NOT_FOUND, 0).probed(at(1));

        assertThat(probed.remainingWait(at(1))).isEqualTo(Duration.ofSeconds(20));
        assertThat(probed.remainingWait(at(1.5))).isZero();
    }

    @ParameterizedTest(name = "after {0} lone refusals in a row it waits: {1}")
    @CsvSource({"1, false", "2, false", "3, true"})
    void itWaitsAfterThreeTokensInARowWereRefusedAloneWithoutAnAcceptance(int refusals, boolean waits) {
        @Nullable CollectionRefusal refusal = null;
        for (int i = 0; i < refusals; i++) {
            refusal = CollectionRefusal.ofSingleToken(refusal, false, at(0.01 * i));
        }

        assertThat(Objects.requireNonNull(refusal).isWaiting()).isEqualTo(waits);
    }

    /** Otherwise each of them would be sent alone again in every pass. */
    @Test
    void afterAnAcceptanceEightTokensRefusedAloneAreAtFaultThemselvesAndThreeMoreBeginTheNextWait() {
        CollectionRefusal refusal = waitingAfterThree().accepted(at(1));
        assertThat(Objects.requireNonNull(refusal).isWaiting()).isFalse();
        for (int left = 8; left > 0; left--) {
            assertThat(refusal.certainRefusalsLeft()).isEqualTo(left);
            refusal = CollectionRefusal.ofSingleToken(refusal, true, at(2));
        }
        assertThat(refusal.certainRefusalsLeft()).isZero();
        assertThat(refusal.isWaiting()).isFalse();

        refusal = CollectionRefusal.ofSingleToken(refusal, false, at(3));
        refusal = CollectionRefusal.ofSingleToken(refusal, false, at(3));
        assertThat(refusal.isWaiting()).isFalse();
        refusal = CollectionRefusal.ofSingleToken(refusal, false, at(3));
        assertThat(refusal.remainingWait(at(3))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anUncertainRefusalEndsWhatAnAcceptanceShowed() {
        CollectionRefusal refusal =
                CollectionRefusal.ofSingleToken(waitingAfterThree().accepted(at(1)), false, at(2));

        assertThat(refusal.certainRefusalsLeft()).isZero();
    }

    @Test
    void anAcceptanceADayAgoShowsNothing() {
        CollectionRefusal refusal =
                CollectionRefusal.ofSingleToken(waitingAfterThree().accepted(at(1)), true, at(1 + 24 * 60));

        assertThat(refusal.certainRefusalsLeft()).isZero();
    }

    /** Another copy that knew of an acceptance rejects a token while this collection's probe is due or in flight. */
    @Test
    void aTokenAtFaultItselfBeginsNoWait() {
        CollectionRefusal due = CollectionRefusal.ofSingleToken(waitingAfterThree(), true, at(1));
        assertThat(due.remainingWait(at(1))).isZero();

        CollectionRefusal probed = waitingAfterThree().probed(at(1));
        assertThat(CollectionRefusal.ofSingleToken(probed, true, at(1.1)).waitCount())
                .isEqualTo(1);
    }

    /** The operator reads there since when every token is refused. */
    @Test
    void aRefusalAfterAnAcceptanceBeginsWithItsFirstUncertainAnswer() {
        CollectionRefusal refusal = Objects.requireNonNull(waitingAfterThree().accepted(at(1)));
        refusal = CollectionRefusal.ofSingleToken(refusal, true, at(60));
        for (int i = 0; i < 3; i++) {
            refusal = CollectionRefusal.ofSingleToken(refusal, false, at(120 + i));
        }

        assertThat(refusal.isWaiting()).isTrue();
        assertThat(refusal.since()).isEqualTo(at(120));
    }

    private static CollectionRefusal waitingAfterThree() {
        @Nullable CollectionRefusal refusal = null;
        for (int i = 0; i < 3; i++) {
            refusal = CollectionRefusal.ofSingleToken(refusal, false, at(0));
        }
        return Objects.requireNonNull(refusal);
    }

    @Test
    void refusedTokensNeverRejectTheCollection() {
        @Nullable CollectionRefusal refusal = null;
        for (int hour = 0; hour < 24 * 13; hour++) {
            refusal = CollectionRefusal.ofSingleToken(refusal, false, at(60.0 * hour));
        }

        assertThat(Objects.requireNonNull(refusal).isExpired(OLD, at(24 * 13 * 60)))
                .isFalse();
    }

    @Test
    void aWrittenRefusalIsReadAgain() {
        CollectionRefusal refusal = answered(RefusalCause.FORBIDDEN, 0, 30).probed(at(31));

        assertThat(CollectionRefusalJson.read(new TableItem(1, CollectionRefusalJson.of(refusal))))
                .isEqualTo(refusal);
        assertThat(CollectionRefusalJson.read(new TableItem(1, "{\"cause\":\"SOMETHING\"}")))
                .isNull();
        assertThat(CollectionRefusalJson.read(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "wait_until, +1000000000-12-31T23:59:59.999999999Z",
        "counted_at, +1000000000-12-31T23:59:59.999999999Z",
        "since, -1000000000-01-01T00:00:00Z",
        "answers, -1",
        "waits, -2147483648",
        "lone_refusals, 2147483647",
        "certain_left, -1",
    })
    void anItemWithUnusableTimesIsIgnored(String name, String value) {
        String item = CollectionRefusalJson.of(answered(RefusalCause.NOT_FOUND, 0, 30));

        assertThat(CollectionRefusalJson.read(new TableItem(
                        1, item.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":\"" + value + "\""))))
                .isNull();
    }
}
