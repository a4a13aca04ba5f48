package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.outcomes.CallMishap.CallMoment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loader of bulk files is killed between any two of its calls, and notified of a file twice. */
final class KilledLoadTest extends SandboxTest {
    private static final Duration STEP = Duration.ofMinutes(1);
    /** What the loader adds to its invocation's time, and what rounding up to SQS's whole seconds may add to that. */
    private static final Duration AFTER_CRASH = Duration.ofSeconds(30 + 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final LocalSandbox sandbox = sandbox();

    @SuppressWarnings("NullAway.Init")
    private BulkUploads loads;

    @BeforeEach
    void makeBucket() {
        loads = new BulkUploads(sandbox, folder);
    }

    @AfterEach
    void deleteBucket() {
        sandbox.close();
        loads.close();
    }

    @ParameterizedTest
    @EnumSource
    void aLoadThatIsKilledAtAnyOfItsCallsLosesNothing(CallMoment moment) {
        UploadedFile undisturbed = loads.upload(CallMishap.NONE);
        loads.start(1);
        sandbox.startBulk();
        sandbox.drainSkippingWaits(STEP);
        int calls = undisturbed.processes().getFirst().calls();

        List<ProcessKiller> deaths = IntStream.rangeClosed(1, calls)
                .mapToObj(call -> new ProcessKiller(call, moment))
                .toList();
        List<UploadedFile> killed = new ArrayList<>();
        for (int round = 1; !deaths.isEmpty(); round++) {
            assertThat(round).as("rounds until all of %s happened", deaths).isLessThan(10);
            deaths.forEach(death -> killed.add(loads.upload(death)));
            sandbox.drainSkippingWaits(STEP);
            // A load that gets an answer late writes one checkpoint less, and may have made too few calls to be killed.
            deaths = deaths.stream().filter(death -> !death.happened()).toList();
        }

        assertDone(killed);
    }

    private void assertDone(List<UploadedFile> done) {
        Map<String, String> names = new HashMap<>();
        for (String body : acceptedBodies(sandbox)) {
            UploadedFile.json(body)
                    .path("nft_metadata")
                    .forEach(token -> names.put(
                            token.path("token_id").asText(), token.path("name").asText()));
        }
        assertThat(done)
                .allSatisfy(load ->
                        assertThat(names).containsAllEntriesOf(load.file().newest()))
                .allSatisfy(UploadedFile::assertReported);
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void theMessageOfAKilledLoadComesBackHalfAMinuteAfterItsInvocation() {
        var death = new ProcessKiller(2, CallMoment.BEFORE);
        loads.upload(death);
        Instant begin = sandbox.clock().instant();
        loads.start(1);
        sandbox.untilInvoked(1);
        sandbox.stop();
        assertThat(death.happened()).isTrue();
        Instant killed = sandbox.clock().instant();

        sandbox.advance(Duration.between(
                sandbox.clock().instant(), begin.plus(BulkUploads.TIMEOUT).plusSeconds(29)));
        assertThat(sandbox.depth().visible()).isZero();
        sandbox.advance(Duration.between(
                sandbox.clock().instant(), killed.plus(BulkUploads.TIMEOUT).plus(AFTER_CRASH)));
        assertThat(sandbox.depth().visible()).isEqualTo(1);
    }

    @Test
    void aFileNotifiedTwiceAtOnceIsLoadedOnce() {
        UploadedFile load = loads.upload(waitingForTheOther(new CountDownLatch(1)));
        loads.notifyOf(load);
        loads.start(2);

        assertLoadedOnce(load);
    }

    @Test
    void aFileNotifiedAgainWhileItIsLoadedIsLoadedOnce() throws InterruptedException {
        var opened = new CountDownLatch(1);
        UploadedFile load = loads.upload(waitingForTheOther(opened));
        loads.start(2);
        opened.await();
        loads.notifyOf(load);
        sandbox.untilInvoked(1);

        assertLoadedOnce(load);
    }

    /** Only one of two processes opens the file, and there it waits for the other one's answer. */
    private CallMishap waitingForTheOther(CountDownLatch opened) {
        return (call, moment) -> {
            if (call.name().equals("open") && moment == CallMoment.BEFORE) {
                opened.countDown();
                sandbox.untilInvoked(1);
            }
        };
    }

    private void assertLoadedOnce(UploadedFile load) {
        sandbox.drainSkippingWaits(STEP);
        assertThat(sandbox.tally().complaints()).isEmpty();
        assertThat(load.processes()).hasSize(3);
        assertThat(sandbox.bulkDepth().total()).isEqualTo(load.file().messages());
        sandbox.startBulk();
        sandbox.drainSkippingWaits(STEP);
        assertDone(List.of(load));
    }
}
