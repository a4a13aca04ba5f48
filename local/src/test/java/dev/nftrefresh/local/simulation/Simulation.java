package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.Producer.Message;
import dev.nftrefresh.local.sqs.QueueSettings;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import dev.nftrefresh.local.virtualtime.Bell;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a scenario until every message has met its fate. */
final class Simulation {
    private static final int MAX_RECEIVES = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** What was sent last and got no answer may be applied that late. */
    private static final Duration AFTERMATH = Duration.ofMinutes(3);

    private final Scenario scenario;
    private final Idea idea;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedQueues queues;
    private final Bell bell = new Bell(time);
    private final Updates updates;
    private int copiesMade;
    private boolean producing = true;

    private Simulation(Scenario scenario, Idea idea, long seed) {
        this.scenario = scenario;
        this.idea = idea;
        random = new SplittableRandom(seed);
        queues = new SimulatedQueues(
                new QueueSettings("nft-refresh", Copy.VISIBILITY_TIMEOUT, MAX_RECEIVES), time.clock(), random.split());
        updates = new Updates(scenario.producer().tokens(), scenario.producer().versions());
    }

    static Run of(Scenario scenario, Idea idea, long seed) {
        return new Simulation(scenario, idea, seed).run();
    }

    private Run run() {
        long begin = System.nanoTime();
        List<Message> messages = scenario.producer().plan().messages(random.split());
        time.start(() -> produce(messages));
        time.sleep(Duration.ofMillis(1));
        try (var trace = Trace.of(scenario.name() + " " + idea)) {
            var api = new SimulatedApi(time, scenario, random.split(), updates, trace);
            var receives = new Receives();
            var bulkReceives = new Receives();
            var receiver = receiver(queues.live(), receives);
            var table =
                    new SlowTable(new MemoryTable(), time, scenario.troubles().tableFailed(), random.split());
            Idea.Wits wits = idea.wits(table, time);
            startPollers("poller-", queues.live(), api, receiver, wits);
            if (hasBulk(messages)) {
                startPollers("bulk-poller-", queues.bulk(), api, receiver(queues.bulk(), bulkReceives), wits);
            }
            Instant end = time.now().plus(scenario.longest());
            while ((producing || !queues.areEmpty()) && time.now().isBefore(end)) {
                time.sleep(LOOK_AGAIN);
            }
            Duration took = Duration.between(VirtualTime.START, time.now());
            time.sleep(AFTERMATH);
            time.close();
            return new Run(
                    scenario,
                    idea,
                    updates,
                    api.requests(),
                    api.quotaUse(),
                    receives,
                    bulkReceives,
                    Loss.of(scenario.producer(), updates, queues),
                    table.operations(),
                    took,
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private Receiver receiver(SimulatedQueue queue, Receives receives) {
        return new Receiver(time, queue, scenario.troubles().deliveredTwice(), random.split(), receives);
    }

    private static boolean hasBulk(List<Message> messages) {
        return messages.stream().anyMatch(message -> message.lane() == Lane.BULK);
    }

    private void startPollers(String name, SimulatedQueue queue, SimulatedApi api, Receiver receiver, Idea.Wits wits) {
        for (int i = 1; i <= scenario.copies(); i++) {
            var ofPoller = random.split();
            time.start(new Poller(
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

    private Copy copy(SimulatedApi api, Idea.Wits wits, SplittableRandom ofPoller) {
        String name = "copy-" + ++copiesMade;
        return new Copy(name, time, api, queues, bell, idea, wits, ofPoller.split());
    }

    private void produce(List<Message> messages) {
        for (Message message : messages) {
            Instant at = VirtualTime.START.plus(message.at());
            if (at.isAfter(time.now())) {
                time.sleepUntil(at);
            }
            (message.lane() == Lane.LIVE ? queues.live() : queues.bulk()).send(Producer.body(message));
            for (int token = message.token(); token < message.token() + message.tokens(); token++) {
                updates.sent(token, message.version(), time.now());
            }
            bell.ring();
        }
        producing = false;
    }
}
