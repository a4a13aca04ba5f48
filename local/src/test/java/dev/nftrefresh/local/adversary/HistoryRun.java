package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.HistoryFindings.HistoryFinding;
import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.settled.SettledTokens;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs what was planned until the world is well and everything should be settled, and has it judged. */
final class HistoryRun {
    private static final int FLOOD = 200;
    private static final int FLOOD_AN_UPDATE = 8;
    /**
     * A message whose delete fails sends its letter, and the rest of its tokens, once more. Where each token of a
     * message is refused and 24 % of the deletes fail for 20 days, 12 letters an update were seen.
     */
    private static final int FLOOD_AN_UPDATE_UNDELETED = 16;

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
    /** What was sent last and got no answer may be applied that late. */
    private static final Duration AFTERMATH = Duration.ofMinutes(3);

    private static final Duration REFRESH_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LOADER_TIMEOUT = Duration.ofMinutes(15);

    private final HistoryPlan plan;
    private final Duration wellAt;
    private final VirtualTime time = new VirtualTime();
    private final HistoryFindings findings = new HistoryFindings();
    private final ProducedUpdates updates = new ProducedUpdates();
    private final AppliedUpdates applied = new AppliedUpdates();
    private final SplittableRandom random;
    private final HistoryTrace trace;
    private final AdverseQueues queues;
    private final ReportedStore store = new ReportedStore(time.clock());
    private final PlannedProducers producers;
    private final AdverseTable table;
    private final AdverseApi api;
    private final FunctionCopies copies;
    private final InvocationJudge invocations = new InvocationJudge(findings);
    private boolean redriven;

    private HistoryRun(HistoryPlan plan, @Nullable PrintStream out) {
        this.plan = plan;
        wellAt = plan.wellAt();
        random = new SplittableRandom(plan.faults().seed());
        trace = new HistoryTrace(time, out);
        queues = new AdverseQueues(time, plan.faults(), wellAt, trace);
        producers = new PlannedProducers(time, queues, store, updates, trace);
        var secret = new AdverseSecret(time, plan.faults().api().rotation());
        table = new AdverseTable(time, plan.faults().table(), random.split(), AdverseSecret::isIn, findings, trace);
        api = new AdverseApi(
                time, plan.faults().api(), wellAt, secret, updates, applied, findings, random.split(), trace);
        copies = new FunctionCopies(time, plan.faults(), api, table, secret, queues, store, random.split());
    }

    /**
     * What came of a history.
     *
     * @param undoneApart tokens that were undone unheard and late, or by clocks that are far off
     * @param lasted in virtual time
     */
    record HistoryOutcome(
            List<HistoryFinding> findings,
            int undoneApart,
            Duration lasted,
            int requests,
            long tableCalls,
            long invocations,
            AppliedUpdates applied) {}

    /** Runs it, and writes what happens to the stream, if there is one. */
    static HistoryOutcome of(HistoryPlan plan, @Nullable PrintStream out) {
        return new HistoryRun(plan, out).run();
    }

    private HistoryOutcome run() {
        List<QueueFeed> feeds = List.of(
                feed(queues.live()),
                feed(queues.queues().bulk()),
                feed(queues.queues().files()),
                feed(queues.queues().settling()));
        startPollers("live", feeds.get(0), REFRESH_TIMEOUT, copies::function);
        startPollers("bulk", feeds.get(1), REFRESH_TIMEOUT, copies::function);
        if (!plan.producer().files().isEmpty()) {
            startPollers("files", feeds.get(2), LOADER_TIMEOUT, copies::loader);
            startPollers("settling", feeds.get(3), LOADER_TIMEOUT, copies::loader);
        }
        producers.start(plan.producer());
        startRedrive();
        Instant end = VirtualTime.START.plus(wellAt).plus(SettlingTime.of(plan));
        if (plan.bounds().untilExpired()) {
            end = end.plus(plan.bounds().expiredAge());
        }
        boolean flooded = false;
        while (isGoingOn(feeds)
                && !invocations.isHopeless()
                && !flooded
                && time.now().isBefore(end)) {
            time.sleep(LOOK_AGAIN);
            flooded = isFlooded();
        }
        Duration lasted = Duration.between(VirtualTime.START, time.now());
        // What is settled from now on is counted later than anybody waits for here.
        Set<Integer> waitingOfFiles = FileJudge.waiting(queues);
        time.sleep(AFTERMATH);
        time.close();
        if (!invocations.isHopeless() && !flooded) {
            new HistoryJudge(plan, updates, applied, producers, queues, store, findings)
                    .judge(new SettledTokens(table.content()), waitingOfFiles);
            new EffortJudge(plan, updates, applied, findings).judge(api, feeds, lasted);
        }
        return new HistoryOutcome(
                findings.all(),
                findings.undoneApart(),
                lasted,
                api.requests(),
                invocations.tableCalls(),
                invocations.invocations(),
                applied);
    }

    private boolean isGoingOn(List<QueueFeed> feeds) {
        Duration redrive = plan.faults().queues().redriven();
        return !producers.areDone()
                || (redrive != null && !redriven)
                || !queues.queues().files().held().isEmpty()
                || waits(queues.live())
                || waits(queues.queues().bulk())
                || FileJudge.isToBeSettled(queues, producers)
                || feeds.stream().anyMatch(QueueFeed::hasDuplicates);
    }

    /**
     * Whether messages have become far more than producers sent: then they would fill the heap before the history ends.
     */
    private boolean isFlooded() {
        int messages = Stream.of(
                        queues.live(), queues.queues().bulk(), queues.queues().deadLetters())
                .mapToInt(queue -> queue.held().size())
                .sum();
        boolean deletesFail = plan.faults().queues().percentUndeleted() > 0;
        int most = FLOOD
                + (deletesFail ? FLOOD_AN_UPDATE_UNDELETED : FLOOD_AN_UPDATE)
                        * updates.all().size();
        if (messages > most) {
            findings.add(
                    JudgementKind.DOES_NOT_BURN,
                    "There are %d messages of %d updates after %s, and %d should be the most."
                            .formatted(
                                    messages,
                                    updates.all().size(),
                                    Duration.between(VirtualTime.START, time.now()),
                                    most));
        }
        return messages > most;
    }

    /** Whether something waits in it that may be accepted. */
    private boolean waits(SimulatedQueue queue) {
        return queue.held().stream().anyMatch(message -> plan.bounds().untilExpired() || !isPoisonedForever(message));
    }

    private boolean isPoisonedForever(SimulatedQueue.HeldMessage message) {
        List<Integer> serials = UpdateText.serials(message.body());
        return !serials.isEmpty()
                && serials.stream()
                        .allMatch(serial ->
                                plan.faults().api().poisons(updates.get(serial).fault(), true));
    }

    private QueueFeed feed(SimulatedQueue queue) {
        return new QueueFeed(time, queue, plan.faults().queues(), wellAt, random.split());
    }

    private void startPollers(String name, QueueFeed feed, Duration timeout, Supplier<InvocableFunction> made) {
        boolean files = timeout.equals(LOADER_TIMEOUT);
        var source = new EventPoller.EventSource(
                feed, queues.bell(), files ? Duration.ZERO : FunctionCopies.BATCHING_WINDOW, timeout, made);
        for (int i = 1; i <= plan.faults().copies().atOnce(); i++) {
            time.start(new EventPoller(
                    name + "-" + i, time, plan.faults(), source, copies, invocations, random.split(), trace));
        }
    }

    private void startRedrive() {
        Duration at = plan.faults().queues().redriven();
        if (at != null) {
            time.start(() -> {
                time.sleepUntil(VirtualTime.START.plus(at));
                producers.redrive();
                redriven = true;
            });
        }
    }
}
