package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.status.StackMetrics.Datapoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StackMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T14:37:00Z");

    private final Map<String, List<Datapoint>> series = new HashMap<>();

    private @Nullable Double tokensPerMessage() {
        return new StackMetrics(series, NOW).tokensPerMessage();
    }

    private void counted(String id, int minutesAgo, double value) {
        series.put(id, List.of(new Datapoint(NOW.minusSeconds(60L * minutesAgo), value)));
    }

    @Test
    void tokensOfAMessageAreThoseOfWhateverBecameOfThemInBothLanes() {
        counted(StackMetrics.id("TokensAccepted"), 10, 700);
        counted(StackMetrics.id("TokensSuperseded"), 10, 200);
        counted(StackMetrics.id("TokensRejected"), 10, 100);
        counted(StackMetrics.id(QueueStatus.Queue.LIVE, "NumberOfMessagesDeleted"), 10, 15);
        counted(StackMetrics.id(QueueStatus.Queue.BULK, "NumberOfMessagesDeleted"), 10, 5);

        assertThat(tokensPerMessage()).isEqualTo(50);
    }

    @Test
    void nobodyKnowsHowManyTokensAMessageHasBeforeOneIsDone() {
        assertThat(tokensPerMessage()).isNull();

        counted(StackMetrics.id("TokensAccepted"), 61, 700);
        counted(StackMetrics.id(QueueStatus.Queue.LIVE, "NumberOfMessagesDeleted"), 10, 15);
        assertThat(tokensPerMessage()).isNull();

        counted(StackMetrics.id("TokensAccepted"), 60, 700);
        counted(StackMetrics.id(QueueStatus.Queue.LIVE, "NumberOfMessagesDeleted"), 61, 15);
        assertThat(tokensPerMessage()).isNull();
    }
}
