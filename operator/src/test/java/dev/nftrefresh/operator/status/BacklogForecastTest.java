package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

    private static QueueStatus queue(long messages, @Nullable Long arrived, @Nullable Long done) {
        return new QueueStatus(QueueStatus.Queue.LIVE, messages, 0, 0, null, arrived, done);
    }

    private static BacklogForecast forecast(long messages, @Nullable Long arrived, @Nullable Long done) {
        return BacklogForecast.of(queue(messages, arrived, done), false, NOW);
    }

    @Test
    void isDoneWhenTheWaitingMessagesAreDoneAtTheRateOfTheLastHour() {
        assertThat(forecast(12_000, 100L, 4_000L))
                .isEqualTo(new BacklogForecast.Through(Instant.parse("2026-11-30T17:00:00Z"), false));
    }

    @Test
    void saysThatTheBacklogGrowsIfMoreArrivesThanIsDone() {
        assertThat(forecast(4_000, 4_001L, 4_000L))
                .isEqualTo(new BacklogForecast.Through(Instant.parse("2026-11-30T15:00:00Z"), true));
    }

    @Test
    void knowsNothingIfNothingWasDone() {
        assertThat(forecast(1, 1L, 0L)).isEqualTo(new BacklogForecast.Unknown());
        assertThat(forecast(1, null, null)).isEqualTo(new BacklogForecast.Unknown());
    }

    @Test
    void makesNoForecastOfAFewMessages() {
        assertThat(forecast(100, 3L, 3L)).isEqualTo(new BacklogForecast.Few());
        assertThat(WaitingMessages.of(List.of(queue(100, 3L, 3L)), false, NOW))
                .isEqualTo(new WaitingMessages(100, null));
    }

    @Test
    void forecastsNothingBeyondTheRetentionOfAMessage() {
        assertThat(forecast(14 * 24 + 1, 0L, 1L)).isEqualTo(new BacklogForecast.OutOfReach());
    }

    @Test
    void waitsForNothingWhileTheStackIsPausedOrTheQueueEmpty() {
        assertThat(BacklogForecast.of(queue(3, 3L, 3L), true, NOW)).isEqualTo(new BacklogForecast.Paused());
        assertThat(BacklogForecast.of(queue(0, 3L, 3L), true, NOW)).isEqualTo(new BacklogForecast.Empty());
    }

    @Test
    void countsBothLanesOfUpdatesAndEndsWithTheLaterOne() {
        var bulk = new QueueStatus(QueueStatus.Queue.BULK, 0, 2_000, 0, null, 0L, 1_000L);
        var files = new QueueStatus(QueueStatus.Queue.FILES, 1, 0, 0, null, null, null);

        assertThat(WaitingMessages.of(List.of(queue(1_000, 0L, 1_000L), bulk, files), false, NOW))
                .isEqualTo(new WaitingMessages(3_000, Instant.parse("2026-11-30T16:00:00Z")));
        assertThat(WaitingMessages.of(List.of(queue(1_000, 0L, 0L), bulk), false, NOW))
                .isEqualTo(new WaitingMessages(3_000, null));
    }
}
