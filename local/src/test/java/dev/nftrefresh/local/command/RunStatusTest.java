package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuota;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final StandInSettings TEN_A_MINUTE = StandInSettings.perWindow(10, Duration.ofMinutes(1));

    private static LastApiResponse.Quota quota(long limit, long remaining, int opensIn) {
        return new LastApiResponse.Quota(limit, remaining, NOW.plusSeconds(opensIn));
    }

    private static RunStatus with(LastApiResponse.@Nullable Quota quota, @Nullable Integer status, String text) {
        var failure = text.isEmpty() ? null : new LastApiResponse.Failure(NOW, status, text);
        return new RunStatus(quota, failure, TEN_A_MINUTE, null, NOW);
    }

    @Test
    void aQuotaThatIsUsedUpSaysWhenItOpens() {
        RunStatus standing = with(quota(10, 0, 38), null, "");

        assertThat(standing.isQuotaUsedUp()).isTrue();
        assertThat(standing.reason()).startsWith("quota used up, opens in 0:38 (");
        assertThat(standing.reasonInShort()).isEqualTo("opens in 0:38");
    }

    @Test
    void aQuotaWhoseTimeIsOverIsOpen() {
        RunStatus standing = with(quota(10, 0, -1), null, "");

        assertThat(standing.isQuotaUsedUp()).isFalse();
        assertThat(standing.quotaText()).isEqualTo("quota 10/10");
    }

    @Test
    void aQuotaThatCannotBeUsedUpIsNotMentioned() {
        RunStatus standing = with(quota(StandInQuota.NO_LIMIT, StandInQuota.NO_LIMIT - 3, 3_600), null, "");

        assertThat(standing.quotaText()).isEmpty();
        assertThat(standing.reason()).isEmpty();
    }

    @Test
    void theLastFailureIsTheReason() {
        RunStatus standing = with(quota(10, 5, 30), 503, "down for maintenance");

        assertThat(standing.reason()).isEqualTo("the API answers 503 (down for maintenance)");
        assertThat(standing.reasonInShort()).isEqualTo("API: 503");
        assertThat(standing.timeLeft(100, 250, 10)).isNull();
    }

    @Test
    void aMissingAnswerIsAReasonToo() {
        RunStatus standing = with(null, null, "Immutable did not answer within 10000 ms.");

        assertThat(standing.reason()).isEqualTo("Immutable did not answer within 10000 ms");
        assertThat(standing.reasonInShort()).isEqualTo("API: no answer");
    }

    @Test
    void ifNothingElseIsKnownItSaysWhenMessagesReturn() {
        var standing = new RunStatus(quota(5, 4, 3_000), null, TEN_A_MINUTE, NOW.plusSeconds(760), NOW);

        assertThat(standing.reason()).isEqualTo("messages come back in 12:40");
        assertThat(standing.explained())
                .isEqualTo("messages come back in 12:40, as requests that are not full wait to spare the quota");
    }

    @Test
    void theTimeLeftIsThatOfTheWindowsStillNeeded() {
        // 25 requests: 3 now, 10 in the next window, 12 in the two after it.
        assertThat(with(quota(10, 3, 20), null, "").timeLeft(6_250, 250, 100)).isEqualTo(Duration.ofSeconds(20 + 120));
    }

    @Test
    void theTimeLeftWithinAWindowIsThatOfTheRateSoFar() {
        assertThat(with(quota(10, 3, 20), null, "").timeLeft(500, 250, 100)).isEqualTo(Duration.ofSeconds(5));
        assertThat(with(null, null, "").timeLeft(500, 250, 0)).isNull();
    }

    @Test
    void aSteadyQuotaRefillsUnitByUnit() {
        var settings = new StandInSettings(
                60L, Duration.ofMinutes(1), QuotaRefill.STEADY, StandInQuotaUnit.REQUEST, Duration.ZERO);
        var standing = new RunStatus(quota(60, 5, 55), null, settings, null, NOW);

        assertThat(standing.timeLeft(15 * 250, 250, 100)).isEqualTo(Duration.ofSeconds(10));
    }
}
