package dev.nftrefresh.local.adversary;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.BulkLoadFunction;
import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.BulkLoadFunctionSettings;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.RefreshFunctionDependencies;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.SharedState;
import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.sqs.SimulatedSqs;
import dev.nftrefresh.local.virtualtime.VirtualClock;
import dev.nftrefresh.local.virtualtime.VirtualPassThreads;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes copies of the real function and the real loader, each with a clock of its own. */
final class FunctionCopies {
    static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(11);
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);
    private static final Duration LOADER_MARGIN = Duration.ofSeconds(20);

    private final VirtualTime time;
    private final FaultPlan plan;
    private final AdverseApi api;
    private final AdverseTable table;
    private final AdverseSecret secret;
    private final AdverseQueues queues;
    private final ObjectStore store;
    private final SplittableRandom random;
    private int made;

    FunctionCopies(
            VirtualTime time,
            FaultPlan plan,
            AdverseApi api,
            AdverseTable table,
            AdverseSecret secret,
            AdverseQueues queues,
            ObjectStore store,
            SplittableRandom random) {
        this.time = time;
        this.plan = plan;
        this.api = api;
        this.table = table;
        this.secret = secret;
        this.queues = queues;
        this.store = store;
        this.random = random;
    }

    InvocableFunction function() {
        var life = new CopyLife("copy " + ++made, time);
        var clock = clock();
        var log = new CopyLog();
        RefreshFunctionSettings settings = settings();
        var parts = new RefreshFunctionDependencies(
                api.calledBy(life, clock),
                () -> new VirtualPassThreads(time),
                new SimulatedSqs(queues.queues(), queues.calledBy(life)),
                secret.calledBy(life),
                SharedState.in(table.calledBy(life), settings, _ -> {}, life.name(), clock),
                RefreshMetrics.NONE,
                log.out(),
                clock,
                random.split());
        return new RunningCopy(
                life, log, new RefreshFunction(settings, parts, plan.copies().deferredLookupThreshold()));
    }

    InvocableFunction loader() {
        var life = new CopyLife("loader " + ++made, time);
        var log = new CopyLog();
        var parts = new BulkLoadFunctionDependencies(
                store,
                new SimulatedSqs(queues.queues(), queues.calledBy(life)),
                table.calledBy(life),
                BulkMetrics.NONE,
                log.out(),
                clock());
        var settings = new BulkLoadFunctionSettings(
                "sandbox",
                UpdateText.CHAIN,
                SimulatedQueues.FILES_QUEUE_URL,
                SimulatedQueues.BULK_QUEUE_URL,
                SimulatedQueues.SETTLING_QUEUE_URL,
                "simulated",
                "loader");
        return new RunningCopy(
                life, log, new BulkLoadFunction(settings, parts, LOADER_MARGIN, RecountDelays.ON_LAMBDA));
    }

    private VirtualClock clock() {
        long off = plan.copies().clockOff().toMillis();
        // As far off as they may be comes up often: any wait has to be enough for that.
        long ahead = switch (random.nextInt(plan.copies().hasWildClocks() ? 2 : 0, 4)) {
            case 0 -> -off;
            case 1 -> off;
            default -> random.nextLong(-off, off + 1);
        };
        return new VirtualClock(time, Duration.ofMillis(ahead));
    }

    /** Whether a copy that was made then has other parameters than one that is made now. */
    boolean isOutdated(Instant made) {
        Duration at = plan.queues().reconfigured();
        return at != null && made.isBefore(VirtualTime.START.plus(at)) && isReconfigured();
    }

    private boolean isReconfigured() {
        Duration at = plan.queues().reconfigured();
        return at != null && !time.now().isBefore(VirtualTime.START.plus(at));
    }

    private RefreshFunctionSettings settings() {
        return new RefreshFunctionSettings(
                "sandbox",
                UpdateText.CHAIN,
                URI.create("https://api.sandbox.immutable.com"),
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:simulated",
                SimulatedQueues.QUEUE_URL,
                SimulatedQueues.DEAD_LETTER_QUEUE_URL,
                VISIBILITY_TIMEOUT,
                BATCHING_WINDOW,
                isReconfigured() ? 1 : 4,
                QuotaUnit.AUTO,
                SimulatedQueues.BULK_QUEUE_URL,
                isReconfigured() ? 50 : 20,
                10,
                "simulated",
                true,
                Duration.ofSeconds(10),
                Set.of(LocalSqsQueues.ACCOUNT));
    }

    private record RunningCopy(CopyLife life, CopyLog log, RequestStreamHandler handler) implements InvocableFunction {
        @Override
        public String takeLog() {
            return log.take();
        }

        @Override
        public byte[] invoke(InputStream event, Context context) throws IOException {
            var answer = new ByteArrayOutputStream();
            handler.handleRequest(event, answer, context);
            return answer.toByteArray();
        }
    }
}
