package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

class SqsCallDeadlineTest {
    private static final Instant END = Instant.parse("2026-11-28T10:00:00Z");

    private static SqsCallDeadline at(Duration beforeTheEnd) {
        return new SqsCallDeadline(() -> END.minus(beforeTheEnd), END);
    }

    private static AwsRequestOverrideConfiguration bounded(Duration beforeTheEnd) {
        var call = AwsRequestOverrideConfiguration.builder();
        at(beforeTheEnd).bound(call);
        return call.build();
    }

    @Test
    void theTimeLeftIsNeverNegative() {
        assertThat(at(Duration.ofSeconds(3)).left()).isEqualTo(Duration.ofSeconds(3));
        assertThat(at(Duration.ZERO).left()).isZero();
        assertThat(at(Duration.ofSeconds(-3)).left()).isZero();
    }

    @Test
    void aCallTakesNoLongerThanTheTimeLeft() {
        AwsRequestOverrideConfiguration call = bounded(Duration.ofSeconds(3));

        assertThat(call.apiCallTimeout()).contains(Duration.ofSeconds(3));
        assertThat(call.apiCallAttemptTimeout()).contains(Duration.ofSeconds(3));
    }

    @Test
    void aCallTakesAtMost12SecondsHoweverMuchTimeIsLeftAndEachTryFive() {
        AwsRequestOverrideConfiguration call = bounded(Duration.ofMinutes(10));

        assertThat(call.apiCallTimeout()).contains(Duration.ofSeconds(12));
        assertThat(call.apiCallAttemptTimeout()).contains(Duration.ofSeconds(5));
    }

    @Test
    void aCallHasATimeoutEvenIfTheDeadlinePassesAsItBegins() {
        assertThat(bounded(Duration.ofMillis(-1)).apiCallTimeout()).contains(Duration.ofMillis(100));
    }
}
