package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenState.Acceptance;
import dev.nftrefresh.ledger.TokenState.LedgerWaits;
import dev.nftrefresh.ledger.TokenState.RefusedVersion;
import dev.nftrefresh.ledger.TokenState.UnconfirmedVersion;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one message about a token leaves of what was known, where the ledger's tests cannot tell it from what they see. */
class TokenStateTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final LedgerWaits WAITS = new LedgerWaits(Duration.ofMinutes(2), Duration.ZERO);
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** The n-th version. */
    private static UpdateVersion version(int n) {
        return new UpdateVersion(NOON.minusSeconds(60), n);
    }

    private static TokenState claimed(TokenState state, String request, int version) {
        return state.claimedBy(request, version(version), NOON.plus(LEASE), NOON, WAITS);
    }

    /** Nobody knows whether this version was accepted. */
    private static TokenState unconfirmed(int version) {
        return claimed(TokenState.NONE, "lost", version).unknown("lost", NOON.plusSeconds(60), NOON, false);
    }

    private static TokenState refused(int version) {
        return TokenState.NONE.refusedAlone("refused", version(version), true, NOON);
    }

    @Test
    void anAcceptanceToldTwiceKeepsTheLaterTime() {
        TokenState state = TokenState.NONE.accepted("first", version(1), NOON, false);

        assertThat(state.accepted("second", version(1), NOON.plusSeconds(1), true)
                        .accepted())
                .isEqualTo(new Acceptance(version(1), NOON.plusSeconds(1), true));
        assertThat(state.accepted("second", version(1), NOON.minusSeconds(1), true)
                        .accepted())
                .isEqualTo(new Acceptance(version(1), NOON, false));
    }

    @Test
    void anOlderVersionThatIsAcceptedLateIsNotTheNewest() {
        TokenState state = TokenState.NONE.accepted("newer", version(2), NOON, false);

        assertThat(state.accepted("older", version(1), NOON.plusSeconds(9), false)
                        .accepted())
                .isEqualTo(new Acceptance(version(2), NOON, false));
    }

    @Test
    void anAcceptanceEndsTheClaimOfItsOwnRequestAlone() {
        TokenState state = claimed(TokenState.NONE, "another", 2);

        assertThat(state.accepted("first", version(1), NOON, false).pending()).isEqualTo(state.pending());
        assertThat(state.accepted("another", version(2), NOON, false).pending()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anAcceptanceConfirmsWhatIsNotNewer(int accepted) {
        assertThat(unconfirmed(2)
                        .accepted("heard", version(accepted), NOON, false)
                        .unconfirmed())
                .isNull();
    }

    @Test
    void anAcceptanceConfirmsNothingNewer() {
        assertThat(unconfirmed(2).accepted("heard", version(1), NOON, false).unconfirmed())
                .isEqualTo(unconfirmed(2).unconfirmed())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anAcceptanceForgetsTheRefusalOfWhatIsNotNewer(int accepted) {
        assertThat(refused(2).accepted("heard", version(accepted), NOON, false).refused())
                .isNull();
    }

    @Test
    void anAcceptanceRemembersTheRefusalOfWhatIsNewer() {
        assertThat(refused(2).accepted("heard", version(1), NOON, false).refused())
                .isEqualTo(new RefusedVersion(version(2), NOON));
    }

    @Test
    void whatWasAcceptedAlreadyDoesNotBecomeUnconfirmed() {
        // Its own message came twice: the second request was answered, and nobody heard of the first.
        TokenState state = claimed(TokenState.NONE, "first", 1).accepted("second", version(1), NOON, false);

        assertThat(state.unknown("first", NOON.plusSeconds(60), NOON, false).unconfirmed())
                .isNull();
        assertThat(state.at(NOON.plus(LEASE).plusSeconds(2), WAITS).unconfirmed())
                .isNull();
        assertThat(state.claim("third", version(1), NOON, WAITS)).isEqualTo(new AlreadyAccepted(false));
    }

    @Test
    void whatWasOvertakenKeepsWhatElseIsUnconfirmed() {
        TokenState state = claimed(unconfirmed(3), "older", 1).accepted("heard", version(2), NOON, false);

        assertThat(state.unknown("older", NOON.plusSeconds(60), NOON, false).unconfirmed())
                .isEqualTo(unconfirmed(3).unconfirmed());
    }

    @Test
    void ofTwoUnconfirmedVersionsOlderOnesWaitForTheNewestAndTheLongest() {
        Instant later = NOON.plusSeconds(100);
        TokenState both = unconfirmed(2)
                .claimedBy("again", version(1), later.plus(LEASE), later, WAITS)
                .unknown("again", later.plusSeconds(60), later, false);

        assertThat(both.unconfirmed())
                .isEqualTo(new UnconfirmedVersion(
                        version(2),
                        later.plus(LEASE).plus(TokenState.CLOCK_DIFFERENCE).plus(TokenState.OLDER_WAIT)));
    }

    @Test
    void anUnconfirmedVersionThatNobodyWaitsForAnyMoreGivesWayToAnOlderOne() {
        Instant over = NOON.plus(LEASE).plus(TokenState.CLOCK_DIFFERENCE).plus(TokenState.OLDER_WAIT);
        Instant leaseEnd = over.plus(LEASE);
        TokenState state = unconfirmed(2).claimedBy("older", version(1), leaseEnd, over.minusSeconds(1), WAITS);

        assertThat(state.unknown("older", over.plusSeconds(60), over, false).unconfirmed())
                .isEqualTo(new UnconfirmedVersion(
                        version(1), leaseEnd.plus(TokenState.CLOCK_DIFFERENCE).plus(TokenState.OLDER_WAIT)));
        assertThat(state.unknown("older", over.plusSeconds(60), over.minusMillis(1), false)
                        .unconfirmed())
                .isEqualTo(new UnconfirmedVersion(
                        version(2), leaseEnd.plus(TokenState.CLOCK_DIFFERENCE).plus(TokenState.OLDER_WAIT)));
    }

    @Test
    void aVersionWaitsForAnIntervalAfterAnAcceptanceToTheMillisecond() {
        var waits = new LedgerWaits(Duration.ofMinutes(2), Duration.ofSeconds(10));
        TokenState state = TokenState.NONE.accepted("first", version(1), NOON, false);
        Instant next = NOON.plusSeconds(10).plus(TokenState.CLOCK_DIFFERENCE);

        assertThat(state.claim("second", version(2), next.minusMillis(1), waits))
                .isEqualTo(new Busy(Duration.ofMillis(1)));
        assertThat(state.claim("second", version(2), next, waits)).isEqualTo(new Granted(0, null));
        assertThat(state.claim("second", version(2), NOON, WAITS)).isEqualTo(new Granted(0, null));
    }
}
