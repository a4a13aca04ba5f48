package dev.nftrefresh.dispatch;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.queue.EventSettlement;
import dev.nftrefresh.queue.MessageOutcome;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Handles one event: reads its messages, sends their updates, and returns the ids of the messages that stay queued. */
public final class UpdateEventHandler {
    /** Reserved for the answer to Lambda, once all messages are settled. */
    private static final Duration RESPONSE_TIME = Duration.ofMillis(500);

    private final UpdateLane lane;
    private final QueueMessageReader reader;
    private final PassDependencies services;
    private final EventSettlement settlement;

    /** Handles the events of the queue that this lane and this settlement belong to. */
    public UpdateEventHandler(
            UpdateLane lane, QueueMessageReader reader, PassDependencies services, EventSettlement settlement) {
        this.lane = lane;
        this.reader = reader;
        this.services = services;
        this.settlement = settlement;
    }

    /** A message, its content, and its updates among all updates of the event. */
    private record ReadMessage(QueuedMessage message, MessageReadResult result, List<QueuedUpdate> updates) {
        boolean hasInvalid() {
            return result instanceof MessageReadResult.ParsedMessage(UpdateMessage update)
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
    public Set<String> handle(List<QueuedMessage> messages, Instant end, String requestId, JsonLogger log) {
        List<QueuedUpdate> updates = new ArrayList<>();
        List<ReadMessage> reads =
                messages.stream().map(message -> read(message, updates)).toList();
        var tokenOutcomes = new TokenOutcomes(updates.size());
        reads.stream().filter(ReadMessage::hasInvalid).forEach(read -> tokenOutcomes.rejected(read.message()));
        try (var inFlight =
                new InFlightRequests(services.api(), services.threads().get())) {
            new RefreshPass(
                            services,
                            lane,
                            updates,
                            tokenOutcomes,
                            InvocationDeadline.of(end, messages.size(), services.clock()),
                            requestId,
                            log,
                            inFlight)
                    .run();
        }
        List<MessageOutcome> outcomes =
                reads.stream().map(read -> outcome(read, tokenOutcomes)).toList();
        Set<String> staying =
                settlement.settle(outcomes, new SqsCallDeadline(services.clock(), end.minus(RESPONSE_TIME)), log);
        log.info(
                "pass",
                field("messages", messages.size()),
                field("tokens", updates.size()),
                field("returned", staying.size()));
        return staying;
    }

    private ReadMessage read(QueuedMessage message, List<QueuedUpdate> updates) {
        MessageReadResult result = reader.read(message.body().utf8(), message.sentAt());
        int first = updates.size();
        if (result instanceof MessageReadResult.ParsedMessage(UpdateMessage update)) {
            for (int i = 0; i < update.elements().size(); i++) {
                if (update.elements().get(i) instanceof UpdateMessage.Valid(var token)) {
                    updates.add(new QueuedUpdate(updates.size(), message, i, token, message.place(i)));
                }
            }
        }
        return new ReadMessage(message, result, List.copyOf(updates.subList(first, updates.size())));
    }

    private static MessageOutcome outcome(ReadMessage read, TokenOutcomes tokenOutcomes) {
        var all = new ArrayList<TokenOutcome>();
        if (read.result() instanceof MessageReadResult.ParsedMessage(UpdateMessage message)) {
            var own = read.updates().iterator();
            for (UpdateMessage.MetadataElement element : message.elements()) {
                all.add(
                        switch (element) {
                            case UpdateMessage.Valid _ -> tokenOutcomes.of(own.next());
                            case UpdateMessage.Invalid invalid -> new TokenOutcome.Rejected(invalid.rejection(), null);
                        });
            }
        }
        return new MessageOutcome(read.message(), read.result(), all);
    }
}
