package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.MessageOutcome;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.Settlement;
import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.update.MessageReader;
import dev.nftrefresh.update.ReadResult;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes one event from its messages to the ids of those that stay in the queue. */
public final class EventHandler {
    /** For the answer to Lambda, once all is settled. */
    private static final Duration ANSWERING = Duration.ofMillis(500);

    private final Lane lane;
    private final MessageReader reader;
    private final Services services;
    private final Settlement settlement;

    /** Handles the events of the queue that this lane and this settlement belong to. */
    public EventHandler(Lane lane, MessageReader reader, Services services, Settlement settlement) {
        this.lane = lane;
        this.reader = reader;
        this.services = services;
        this.settlement = settlement;
    }

    /** A message, what it says, and where its tokens stand among all tokens of the event. */
    private record Read(QueuedMessage message, ReadResult result, List<QueuedUpdate> updates) {
        boolean hasInvalid() {
            return result instanceof ReadResult.Read(UpdateMessage update)
                    && update.elements().stream().anyMatch(UpdateMessage.Invalid.class::isInstance);
        }
    }

    /**
     * Handles one event.
     *
     * @param messages of the event
     * @param end when the invocation must have ended
     * @param requestId Lambda's id of the invocation
     * @param log that names the request id
     * @return the ids of the messages that stay in the queue
     */
    public Set<String> handle(List<QueuedMessage> messages, Instant end, String requestId, JsonLog log) {
        List<QueuedUpdate> updates = new ArrayList<>();
        List<Read> reads =
                messages.stream().map(message -> read(message, updates)).toList();
        var fates = new Fates(updates.size());
        reads.stream().filter(Read::hasInvalid).forEach(read -> fates.rejected(read.message()));
        try (var inFlight = new InFlight(services.api(), services.threads().get())) {
            new RefreshPass(
                            services,
                            lane,
                            updates,
                            fates,
                            Deadline.of(end, messages.size(), services.clock()),
                            requestId,
                            log,
                            inFlight)
                    .run();
        }
        List<MessageOutcome> outcomes =
                reads.stream().map(read -> outcome(read, fates)).toList();
        Set<String> staying =
                settlement.settle(outcomes, new SqsCallDeadline(services.clock(), end.minus(ANSWERING)), log);
        log.info(
                "pass",
                field("messages", messages.size()),
                field("tokens", updates.size()),
                field("returned", staying.size()));
        return staying;
    }

    private Read read(QueuedMessage message, List<QueuedUpdate> updates) {
        ReadResult result = reader.read(message.body().utf8(), message.sentAt());
        int first = updates.size();
        if (result instanceof ReadResult.Read(UpdateMessage update)) {
            for (int i = 0; i < update.elements().size(); i++) {
                if (update.elements().get(i) instanceof UpdateMessage.Valid(var token)) {
                    updates.add(new QueuedUpdate(updates.size(), message, token, message.place(i)));
                }
            }
        }
        return new Read(message, result, List.copyOf(updates.subList(first, updates.size())));
    }

    private static MessageOutcome outcome(Read read, Fates fates) {
        var all = new ArrayList<Fate>();
        if (read.result() instanceof ReadResult.Read(UpdateMessage message)) {
            var own = read.updates().iterator();
            for (UpdateMessage.Element element : message.elements()) {
                all.add(
                        switch (element) {
                            case UpdateMessage.Valid _ -> fates.of(own.next());
                            case UpdateMessage.Invalid invalid -> new Fate.Rejected(invalid.rejection(), null);
                        });
            }
        }
        return new MessageOutcome(read.message(), read.result(), all);
    }
}
