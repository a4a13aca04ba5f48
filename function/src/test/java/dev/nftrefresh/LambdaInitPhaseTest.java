package dev.nftrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.telemetry.JsonLogger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LambdaInitPhaseTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonLogger log =
            new JsonLogger(new PrintStream(written, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final LambdaInitPhase init = new LambdaInitPhase(Clock.systemUTC());

    private String log() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void stepsRunBesideEachOther() {
        var both = new CyclicBarrier(2);
        init.begin("first", both::await);
        init.begin("second", both::await);

        init.await(LONG, log);

        assertThat(log()).isEmpty();
    }

    @Test
    void aFailingStepOnlyWritesALogLine() {
        init.begin("key", () -> {
            throw new IllegalStateException("The secret is missing.");
        });
        init.begin("classes", () -> {
            throw new NoClassDefFoundError("a/B");
        });

        init.await(LONG, log);

        assertThat(log().lines())
                .singleElement()
                .asString()
                .contains("\"level\":\"WARN\"")
                .contains("key: The secret is missing. (IllegalStateException)")
                .contains("classes: a/B (NoClassDefFoundError)");
    }

    @Test
    void aHangingStepIsAbandonedAndOverBeforeTheFirstInvocation() {
        var interrupted = new CountDownLatch(1);
        init.begin("table", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return null;
        });

        init.await(Duration.ofMillis(10), log);

        assertThat(interrupted.getCount()).isZero();
        assertThat(log()).contains("table: took too long");
    }
}
