package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The function dies at the worst moments: its messages are delivered again, and every update is accepted in the end.
 */
final class FailingFunctionTest extends SandboxTest {
    @Test
    void aCopyThatCrashesBeforeItsAnswerRepeatsItsWorkButSendsNothingTwice() {
        var deaths = new AtomicInteger(2);
        LocalSandbox sandbox =
                sandbox(SandboxSettings.USUAL.withCopies(1).withAround(function -> (event, answer, context) -> {
                    function.handleRequest(event, OutputStream.nullOutputStream(), context);
                    if (deaths.getAndDecrement() > 0) {
                        throw new IllegalStateException("Out of memory, or so.");
                    }
                    answer.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8));
                }));
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)),
                ProducerMessages.message(ProducerMessages.token("x1")));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(600).doesNotHaveDuplicates();
        assertThat(sandbox.tally().complaints()).hasSize(2);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(600);
        // A dead letter is sent before its message is deleted: better twice than never.
        assertThat(sandbox.deadLetters()).hasSize(3);
    }

    @Test
    void aCopyThatCrashesAtOnceLosesNothing() {
        var deaths = new AtomicInteger(3);
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withAround(function -> (event, answer, context) -> {
            if (deaths.getAndDecrement() > 0) {
                throw new IOException("No space left on device.");
            }
            function.handleRequest(event, answer, context);
        }));
        ProducerMessages.tokens(0, 50).forEach(token -> sandbox.send(ProducerMessages.message(token)));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(50).doesNotHaveDuplicates();
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void anInvalidEventReturnsEverything() {
        var first = new AtomicInteger(1);
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withAround(function -> (event, answer, context) -> {
            boolean broken = first.getAndDecrement() > 0;
            function.handleRequest(broken ? new ByteArrayInputStream(event.readNBytes(100)) : event, answer, context);
        }));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.tally().complaints()).hasSize(1);
    }

    @Test
    void aCopyKilledWhileItsRequestIsInFlightHoldsItsTokensOnlyForItsLease() {
        var kill = new CountDownLatch(1);
        LocalSandbox sandbox =
                sandbox(SandboxSettings.USUAL.withCopies(2).withAround(function -> killable(function, kill)));
        // An answer first: without one the rate limiter grants one request at a time anyway.
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "first")));
        sandbox.drain();
        sandbox.api().faults().next(InjectedFault.hang());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "killed")));
        sandbox.until("the request hangs", () -> sandbox.requests().size() == 2);
        Instant hanging = sandbox.requests().getLast().request().at();

        kill.countDown();
        sandbox.untilInvoked(2);
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "newer")));
        sandbox.untilInvoked(3);
        assertThat(sandbox.requests()).hasSize(2);
        assertThat(sandbox.depth().total()).isEqualTo(2);

        sandbox.drainSkippingWaits();
        assertThat(acceptedBodies(sandbox).getLast()).contains("newer");
        RecordedRequest next = sandbox.requests().get(2);
        // The request's timeout of 10 s, and some.
        assertThat(next.request().at()).isAfter(hanging.plus(Duration.ofSeconds(10)));
    }

    /** A function that is killed as soon as that is allowed, unless it is done before. */
    private static RequestStreamHandler killable(RequestStreamHandler function, CountDownLatch kill) {
        return (event, answer, context) -> {
            if (kill.getCount() == 0) {
                function.handleRequest(event, answer, context);
                return;
            }
            Thread victim = Thread.currentThread();
            Thread killer = Thread.ofVirtual().start(() -> {
                try {
                    kill.await();
                    victim.interrupt();
                } catch (InterruptedException _) {
                    // There is no copy left to kill.
                    Thread.currentThread().interrupt();
                }
            });
            try {
                function.handleRequest(event, answer, context);
            } finally {
                killer.interrupt();
            }
        };
    }

    @Test
    void theMessagesOfAFunctionThatTimesOutAreDeliveredAgain() {
        var hangs = new AtomicInteger(1);
        var never = new CountDownLatch(1);
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL
                .withCopies(1)
                .withFunctionTimeout(Duration.ofSeconds(5))
                .withAround(function -> (event, answer, context) -> {
                    function.handleRequest(event, answer, context);
                    if (hangs.getAndDecrement() > 0) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("Task timed out.", e);
                        }
                    }
                }));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.tally().complaints()).hasSize(1).first().asString().contains("timed out");
    }
}
