package dev.nftrefresh.local.simulation;

import dev.nftrefresh.Parts;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.Settings;
import dev.nftrefresh.local.queue.LocalContext;
import dev.nftrefresh.local.sqs.Event;
import dev.nftrefresh.local.sqs.LocalSqs;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.sqs.SimulatedSqs;
import dev.nftrefresh.local.virtualtime.Bell;
import dev.nftrefresh.local.virtualtime.Killed;
import dev.nftrefresh.local.virtualtime.VirtualPassThreads;
import dev.nftrefresh.local.virtualtime.VirtualTime;
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

/** One copy of the function, from its start until it dies. */
final class Copy {
    static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(1);
    static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(11);

    private final VirtualTime time;
    private final RefreshFunction function;
    /** A copy can also die between two calls of SQS. */
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);

    Copy(
            String name,
            VirtualTime time,
            SimulatedApi api,
            SimulatedQueues queues,
            Bell bell,
            Idea idea,
            Idea.Wits wits,
            RandomGenerator random) {
        this.time = time;
        var settings = new Settings(
                "sandbox",
                Messages.CHAIN,
                URI.create("https://api.sandbox.immutable.com"),
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:simulated",
                SimulatedQueues.QUEUE_URL,
                SimulatedQueues.DEAD_LETTER_QUEUE_URL,
                VISIBILITY_TIMEOUT,
                Poller.BATCHING_WINDOW,
                Scenario.REQUESTS_PER_SECOND,
                idea.unit(),
                SimulatedQueues.BULK_QUEUE_URL,
                idea.reserve(),
                10,
                "simulated",
                true,
                Duration.ofSeconds(10),
                Set.of(LocalSqs.ACCOUNT));
        function = new RefreshFunction(
                settings,
                new Parts(
                        api.calledBy(name),
                        () -> new VirtualPassThreads(time),
                        new SimulatedSqs(queues, new Calls(bell)),
                        new SimulatedSecrets(),
                        wits.of(name, settings),
                        RefreshMetrics.NONE,
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        time.clock(),
                        random));
    }

    /** The function's answer to this event. */
    byte[] invoke(Event event, String requestId) throws IOException {
        var answer = new ByteArrayOutputStream();
        var context = new LocalContext("nft-refresh", requestId, time.now().plus(FUNCTION_TIMEOUT), time.clock());
        function.handleRequest(event.json(), answer, context);
        return answer.toByteArray();
    }

    /** It dies when it has made so many more calls of SQS. */
    void dieAfterCalls(int calls) {
        callsLeft.set(calls);
    }

    private final class Calls implements SimulatedSqs.Listener {
        private final Bell bell;

        Calls(Bell bell) {
            this.bell = bell;
        }

        @Override
        public void beforeCall(SimulatedSqs.Call call) {
            if (callsLeft.decrementAndGet() < 0) {
                throw new Killed();
            }
        }

        @Override
        public void changed() {
            bell.ring();
        }
    }
}
