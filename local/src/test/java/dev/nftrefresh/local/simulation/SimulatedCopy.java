package dev.nftrefresh.local.simulation;

import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.RefreshFunctionDependencies;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.local.queue.LocalLambdaContext;
import dev.nftrefresh.local.sqs.LambdaEvent;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.sqs.SimulatedSqs;
import dev.nftrefresh.local.virtualtime.ActivityKilledError;
import dev.nftrefresh.local.virtualtime.VirtualPassThreads;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.local.virtualtime.WakeUpSignal;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** One copy of the function, from its start until it crashes. */
final class SimulatedCopy {
    static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(1);
    static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(11);

    private final VirtualTime time;
    private final RefreshFunction function;
    /** A copy can also die between two calls of SQS. */
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);

    SimulatedCopy(
            String name,
            VirtualTime time,
            SimulatedApi api,
            SimulatedQueues queues,
            WakeUpSignal bell,
            ComparedIdea idea,
            ComparedIdea.CopyMemory wits,
            RandomGenerator random) {
        this.time = time;
        var settings = new RefreshFunctionSettings(
                "sandbox",
                SimulatedMessages.CHAIN,
                URI.create("https://api.sandbox.immutable.com"),
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:simulated",
                SimulatedQueues.QUEUE_URL,
                SimulatedQueues.DEAD_LETTER_QUEUE_URL,
                VISIBILITY_TIMEOUT,
                SimulatedPoller.BATCHING_WINDOW,
                SimulationScenario.REQUESTS_PER_SECOND,
                idea.unit(),
                SimulatedQueues.BULK_QUEUE_URL,
                idea.reserve(),
                10,
                "simulated",
                idea.latestWins(),
                idea.tokenInterval(),
                Set.of(LocalSqsQueues.ACCOUNT));
        function = new RefreshFunction(
                settings,
                new RefreshFunctionDependencies(
                        api.calledBy(name),
                        () -> new VirtualPassThreads(time),
                        new SimulatedSqs(queues, new CopyCalls(bell)),
                        new SimulatedSecrets(),
                        wits.of(name, settings),
                        RefreshMetrics.NONE,
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        time.clock(),
                        random),
                idea.deferredLookupThreshold());
    }

    /** The function's answer to this event. */
    byte[] invoke(LambdaEvent event, String requestId) throws IOException {
        var answer = new ByteArrayOutputStream();
        var context =
                new LocalLambdaContext("nft-refresh", requestId, time.now().plus(FUNCTION_TIMEOUT), time.clock());
        function.handleRequest(event.json(), answer, context);
        return answer.toByteArray();
    }

    /** It crashes after so many more calls to SQS. */
    void dieAfterCalls(int calls) {
        callsLeft.set(calls);
    }

    private final class CopyCalls implements SimulatedSqs.CallListener {
        private final WakeUpSignal bell;

        CopyCalls(WakeUpSignal bell) {
            this.bell = bell;
        }

        @Override
        public void beforeCall(SimulatedSqs.SqsCall call) {
            if (callsLeft.decrementAndGet() < 0) {
                throw new ActivityKilledError();
            }
        }

        @Override
        public void changed() {
            bell.ring();
        }
    }
}
