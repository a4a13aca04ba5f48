package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.SimulatedProducer.ProducedMessage;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.local.virtualtime.WakeUpSignal;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.table.InMemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a scenario until every message has an outcome. */
final class Simulation {
    private static final int MAX_RECEIVES = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** What was sent last and got no answer may be applied that late. */
    private static final Duration AFTERMATH = Duration.ofMinutes(3);

    private final SimulationScenario scenario;
    private final ComparedIdea idea;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedQueues queues;
    private final WakeUpSignal bell = new WakeUpSignal(time);
    private final UpdateTracker updates;
    private int copiesMade;
    private boolean producing = true;

    private Simulation(SimulationScenario scenario, ComparedIdea idea, long seed) {
        this.scenario = scenario;
        this.idea = idea;
        random = new SplittableRandom(seed);
        queues = new SimulatedQueues(
                new SqsQueueSettings("nft-refresh", SimulatedCopy.VISIBILITY_TIMEOUT, MAX_RECEIVES),
                time.clock(),
                random.split());
        updates = new UpdateTracker(
                scenario.producer().tokens(), scenario.producer().versions());
    }

    static ScenarioRun of(SimulationScenario scenario, ComparedIdea idea, long seed) {
        return new Simulation(scenario, idea, seed).run();
    }

    private ScenarioRun run() {
        long begin = System.nanoTime();
        List<ProducedMessage> messages = scenario.producer().plan().messages(random.split());
        time.start(() -> produce(messages));
        time.sleep(Duration.ofMillis(1));
        try (var trace = RequestTrace.of(scenario.name() + " " + idea)) {
            var api = new SimulatedApi(time, scenario, random.split(), updates, trace);
            var receives = new ReceiveCounts();
            var bulkReceives = new ReceiveCounts();
            var receiver = receiver(queues.live(), receives);
            var table =
                    new SlowTable(new InMemoryTable(), time, scenario.troubles().tableFailed(), random.split());
            ComparedIdea.CopyMemory wits = idea.wits(table, time, scenario.requestInterval());
            startPollers("poller-", queues.live(), api, receiver, wits);
            if (idea.hasBulkQueue() && hasBulk(messages)) {
                startPollers("bulk-poller-", queues.bulk(), api, receiver(queues.bulk(), bulkReceives), wits);
            }
            Instant end = time.now().plus(scenario.longest());
            while ((producing || !queues.areEmpty()) && time.now().isBefore(end)) {
                time.sleep(LOOK_AGAIN);
            }
            Duration took = Duration.between(VirtualTime.START, time.now());
            time.sleep(AFTERMATH);
            time.close();
            return new ScenarioRun(
                    scenario,
                    idea,
                    updates,
                    api.requests(),
                    api.quotaUse(),
                    api.timeline(),
                    receives,
                    bulkReceives,
                    LostUpdates.of(scenario.producer(), updates, queues),
                    table.operations(),
                    took,
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private SimulatedReceiver receiver(SimulatedQueue queue, ReceiveCounts receives) {
        return new SimulatedReceiver(time, queue, scenario.troubles().deliveredTwice(), random.split(), receives);
    }

    private static boolean hasBulk(List<ProducedMessage> messages) {
        return messages.stream().anyMatch(message -> message.lane() == UpdateLane.BULK);
    }

    private void startPollers(
            String name,
            SimulatedQueue queue,
            SimulatedApi api,
            SimulatedReceiver receiver,
            ComparedIdea.CopyMemory wits) {
        for (int i = 1; i <= scenario.copies(); i++) {
            var ofPoller = random.split();
            time.start(new SimulatedPoller(
                    name + i,
                    time,
                    receiver,
                    queue,
                    bell,
                    () -> copy(api, wits, ofPoller),
                    scenario.troubles().crashed(),
                    ofPoller));
        }
    }

    private SimulatedCopy copy(SimulatedApi api, ComparedIdea.CopyMemory wits, SplittableRandom ofPoller) {
        String name = "copy-" + ++copiesMade;
        return new SimulatedCopy(name, time, api, queues, bell, idea, wits, ofPoller.split());
    }

    private void produce(List<ProducedMessage> messages) {
        for (ProducedMessage message : messages) {
            Instant at = VirtualTime.START.plus(message.at());
            if (at.isAfter(time.now())) {
                time.sleepUntil(at);
            }
            boolean isBulk = idea.hasBulkQueue() && message.lane() == UpdateLane.BULK;
            (isBulk ? queues.bulk() : queues.live()).send(SimulatedProducer.body(message));
            for (int token = message.token(); token < message.token() + message.tokens(); token++) {
                updates.sent(token, message.version(), time.now());
            }
            bell.ring();
        }
        producing = false;
    }
}
