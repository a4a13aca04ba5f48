package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.sqs.SimulatedSqs;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.local.virtualtime.WakeUpSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The queues, and calls of SQS that fail or whose answers are lost. */
final class AdverseQueues {
    private static final int MAX_RECEIVES = 1_000;

    private final VirtualTime time;
    private final FaultPlan plan;
    private final Duration wellAt;
    private final SimulatedQueues queues;
    private final WakeUpSignal bell;
    private final HistoryTrace trace;
    /** The same call again is another call: how often each was made. */
    private final Map<Long, Integer> calls = new HashMap<>();

    AdverseQueues(VirtualTime time, FaultPlan plan, Duration wellAt, HistoryTrace trace) {
        this.time = time;
        this.plan = plan;
        this.wellAt = wellAt;
        this.trace = trace;
        bell = new WakeUpSignal(time);
        queues = SimulatedQueues.repeatable(
                new SqsQueueSettings("nft-refresh", FunctionCopies.VISIBILITY_TIMEOUT, MAX_RECEIVES),
                time.clock(),
                plan.seed());
    }

    SimulatedQueues queues() {
        return queues;
    }

    SimulatedQueue live() {
        return queues.live();
    }

    WakeUpSignal bell() {
        return bell;
    }

    /** Goes with each call that this copy makes. */
    SimulatedSqs.CallListener calledBy(CopyLife copy) {
        return new SimulatedSqs.CallListener() {
            @Override
            public void beforeCall(SimulatedSqs.SqsCall call) {
                copy.callsSqs(call.hashCode());
                trace.line(copy.name(), () -> "SQS: " + shown(call));
                int chance = chance(call.hashCode());
                if (chance < failing() / 2) {
                    throw SdkClientException.create("The history asked for it.");
                }
            }

            @Override
            public void afterCall(SimulatedSqs.SqsCall call) {
                if (chance(call.hashCode() * 31L) < failing() / 4) {
                    throw SdkClientException.create("The history lost the answer.");
                }
            }

            @Override
            public boolean refuses(SimulatedSqs.SqsCall call, String entry) {
                return chance(entry.hashCode() * 17L) < failing();
            }

            @Override
            public void changed() {
                bell.ring();
            }
        };
    }

    private static String shown(SimulatedSqs.SqsCall call) {
        String text = call.toString();
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }

    private int failing() {
        boolean well = Duration.between(VirtualTime.START, time.now()).compareTo(wellAt) >= 0;
        return well ? 0 : plan.queues().percentFailing();
    }

    private int chance(long content) {
        int before;
        synchronized (calls) {
            before = calls.merge(content, 1, Integer::sum);
        }
        return HashedChance.percent(content + plan.seed() * 1_000_003L + before * 7_919L);
    }
}
