package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.queue.LocalLambdaContext;
import dev.nftrefresh.local.sqs.LambdaEvent;
import dev.nftrefresh.local.sqs.ReceivedRecord;
import dev.nftrefresh.local.virtualtime.ActivityKilledError;
import dev.nftrefresh.local.virtualtime.VirtualActivity;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.local.virtualtime.WakeUpSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Gathers events for one place of an event source mapping, and sees each through with the copy that runs there. */
final class EventPoller implements Runnable {
    private static final Duration A_CALL = Duration.ofMillis(10);
    /** What settling takes for each message. */
    private static final Duration SETTLING = Duration.ofNanos(200_000);

    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final long EARLY_DEATH_MILLIS = 4_000;
    private static final int MOST_CALLS_BEFORE_DEATH = 30;
    private static final int FATAL_CALLS_PERCENT = 40;
    private static final Duration LONGEST_FREEZE = Duration.ofHours(6);

    /**
     * Where events come from.
     *
     * @param timeout after which Lambda ends an invocation
     */
    record EventSource(
            QueueFeed feed,
            WakeUpSignal bell,
            Duration batchingWindow,
            Duration timeout,
            Supplier<InvocableFunction> copies) {}

    private final String name;
    private final VirtualTime time;
    private final FaultPlan plan;
    private final EventSource source;
    private final FunctionCopies copies;
    private final InvocationJudge judge;
    private final SplittableRandom random;
    private final HistoryTrace trace;
    private final Deque<ReceivedRecord> leftOver = new ArrayDeque<>();
    private InvocableFunction copy;
    private Instant copyMade;
    private int invocations;

    EventPoller(
            String name,
            VirtualTime time,
            FaultPlan plan,
            EventSource source,
            FunctionCopies copies,
            InvocationJudge judge,
            SplittableRandom random,
            HistoryTrace trace) {
        this.name = name;
        this.time = time;
        this.plan = plan;
        this.source = source;
        this.copies = copies;
        this.judge = judge;
        this.random = random;
        this.trace = trace;
        copy = source.copies().get();
        copyMade = time.now();
    }

    @Override
    public void run() {
        while (!judge.isHopeless()) {
            awaitEndOfPause();
            LambdaEvent event = gather();
            if (!event.isEmpty()) {
                invoke(event);
                afterwards();
            }
        }
    }

    private void awaitEndOfPause() {
        for (HistoryPeriod pause : plan.queues().pauses()) {
            if (pause.contains(at())) {
                time.sleepUntil(VirtualTime.START.plus(pause.end()));
            }
        }
    }

    private LambdaEvent gather() {
        var event = new LambdaEvent();
        if (leftOver.isEmpty()) {
            leftOver.addAll(source.feed().receive());
        }
        if (leftOver.isEmpty()) {
            Instant never = VirtualTime.START.plus(NEVER);
            source.bell().await(source.feed().next().orElse(never));
            time.sleep(A_CALL);
            return event;
        }
        time.sleep(source.batchingWindow());
        while (fill(event)) {
            leftOver.addAll(source.feed().receive());
            if (leftOver.isEmpty()) {
                break;
            }
        }
        return event;
    }

    /** Moves what was received into the event, and says whether it takes more. */
    private boolean fill(LambdaEvent event) {
        while (!leftOver.isEmpty()) {
            if (!event.offer(leftOver.element())) {
                return false;
            }
            leftOver.remove();
        }
        return true;
    }

    private void invoke(LambdaEvent event) {
        VirtualActivity self = time.current();
        String requestId = name + "/" + invocations++;
        Instant begin = time.now();
        Instant deadline = begin.plus(source.timeout());
        copy.life().begins(self);
        self.killAt(deadline);
        perhapsKill(self, begin);
        trace.line(copy.life().name(), () -> "invocation " + requestId + " with " + event.size() + " messages");
        try {
            byte[] answer = copy.invoke(event.json(), new LocalLambdaContext(name, requestId, deadline, time.clock()));
            time.sleep(SETTLING.multipliedBy(event.size()));
            self.killAt(Instant.MAX);
            source.feed().delete(event.done(answer));
        } catch (ActivityKilledError _) {
            crashed(self, deadline);
        } catch (IllegalStateException e) {
            // Its calls of SQS run on threads of their own, and what they die of comes wrapped.
            if (!(e.getCause() instanceof ActivityKilledError)) {
                throw e;
            }
            crashed(self, deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String log = copy.takeLog();
        trace.line(copy.life().name(), () -> "log: " + log);
        judge.judge(copy.life(), event.size(), log);
        if (copy.life().isDead()) {
            replaceCopy();
        }
    }

    private void replaceCopy() {
        copy = source.copies().get();
        copyMade = time.now();
    }

    private void crashed(VirtualActivity self, Instant deadline) {
        self.killAt(Instant.MAX);
        copy.life().die();
        trace.line(copy.life().name(), () -> "dies");
        if (!time.now().isBefore(deadline)) {
            judge.ranIntoDeadline(copy.life());
        }
    }

    private void perhapsKill(VirtualActivity self, Instant begin) {
        if (source.feed().isWell()) {
            return;
        }
        if (random.nextInt(100) < plan.copies().percentKilledAtSomeTime()) {
            long latest =
                    random.nextBoolean() ? EARLY_DEATH_MILLIS : source.timeout().toMillis() - 1;
            self.killAt(begin.plusMillis(random.nextLong(latest)));
        }
        if (random.nextInt(100) < plan.copies().percentKilledAtSomeCall()) {
            if (random.nextInt(3) > 0) {
                copy.life().dieAfter(random.nextInt(MOST_CALLS_BEFORE_DEATH));
            } else {
                copy.life().dieAtCallsOfSqs(FATAL_CALLS_PERCENT, random.nextLong());
            }
        }
    }

    private void afterwards() {
        if (copies.isOutdated(copyMade)) {
            replaceCopy();
        }
        if (source.feed().isWell()) {
            return;
        }
        if (random.nextInt(100) < plan.copies().percentRecycled()) {
            replaceCopy();
        }
        if (random.nextInt(100) < plan.copies().percentFrozen()) {
            var thaws = time.now().plusMillis(random.nextLong(LONGEST_FREEZE.toMillis()));
            Instant well = VirtualTime.START.plus(source.feed().wellAt());
            time.sleepUntil(thaws.isBefore(well) ? thaws : well);
        }
    }

    private Duration at() {
        return Duration.between(VirtualTime.START, time.now());
    }
}
