package dev.nftrefresh.queue;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.queue.MessageDisposition.ReturnedToQueue;
import dev.nftrefresh.queue.SqsBatchCalls.EntryFailure;
import dev.nftrefresh.queue.SqsVisibilityChanger.VisibilityChange;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.SettledTokenOutcome;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settles an event once, at the end of its pass: it sends dead letters, records the settled tokens of files, sends
 * remainders, sets waits, and only then reports a message as done. So a crash repeats work but loses nothing.
 */
public final class EventSettlement {
    /** After a dead letter, a record or a remainder could not be written, its message returns after this. */
    private static final Duration AFTER_FAILED_SEND = Duration.ofSeconds(30);
    /**
     * A message in a long return queue is received some ten times; one whose record fails is received once each 30 s.
     */
    private static final int MOST_RECEIVES_TO_RECORD = 30;
    /** DynamoDB answers in milliseconds; half of what is left is for the messages. */
    private static final Duration LONGEST_RECORDING = Duration.ofSeconds(2);

    private final SqsSender refreshQueue;
    private final SqsSender deadLetterQueue;
    private final SqsVisibilityChanger visibilityReturn;
    private final SettledTokens settledTokens;
    private final RefreshMetrics metrics;
    private final boolean live;

    /**
     * Settles messages of one queue.
     *
     * @param settledTokens records how the tokens of bulk files are settled
     * @param live whether these are live updates; bulk files take hours of quota, so their age is another metric
     */
    public EventSettlement(
            SqsSender refreshQueue,
            SqsSender deadLetterQueue,
            SqsVisibilityChanger visibilityReturn,
            SettledTokens settledTokens,
            RefreshMetrics metrics,
            boolean live) {
        this.refreshQueue = refreshQueue;
        this.deadLetterQueue = deadLetterQueue;
        this.visibilityReturn = visibilityReturn;
        this.settledTokens = settledTokens;
        this.metrics = metrics;
        this.live = live;
    }

    /**
     * Does what each message's outcome requires, as far as the time allows: a message stays in the queue if something
     * of it could not be sent by then.
     *
     * @return the ids of the messages that stay in the queue: {@code batchItemFailures}
     */
    public Set<String> settle(List<MessageOutcome> outcomes, SqsCallDeadline deadline, JsonLogger log) {
        Instant now = deadline.now();
        List<MessageOutcome> inTime = outcomes.stream()
                .map(outcome -> UpdateExpiry.apply(outcome, now))
                .toList();
        List<OutgoingMessage> letters = inTime.stream()
                .flatMap(outcome -> DeadLetterFactory.of(outcome, live).stream())
                .toList();
        var unsentLetters = deadLetterQueue.send(letters, deadline);
        metrics.deadLetters(letters.size() - unsentLetters.size());
        Set<String> unsent = sources(unsentLetters, "dead letter", log);
        var count = new TokenOutcomeRecorder(metrics, log);
        inTime.forEach(
                outcome -> count.add(outcome, unsent.contains(outcome.message().messageId())));
        count.reportOldest(now, live);
        Set<String> unrecorded = unrecorded(inTime, unsent, deadline, log);
        unsent.addAll(unrecorded);
        // A message that stays must not also be sent as a remainder.
        List<MessageOutcome> recorded = inTime.stream()
                .filter(outcome -> !unrecorded.contains(outcome.message().messageId()))
                .toList();
        unsent.addAll(sources(refreshQueue.send(RemainderFactory.of(recorded), deadline), "remainder", log));

        var returns = new ArrayList<VisibilityChange>();
        for (MessageOutcome outcome : inTime) {
            if (unsent.contains(outcome.message().messageId())) {
                returns.add(new VisibilityChange(outcome.message(), AFTER_FAILED_SEND));
            } else if (MessageDisposition.on(outcome) instanceof ReturnedToQueue(Duration retryIn)) {
                returns.add(new VisibilityChange(outcome.message(), retryIn));
            }
        }
        returnMessages(returns, deadline, log);
        var staying = new LinkedHashSet<String>();
        returns.forEach(back -> staying.add(back.message().messageId()));
        return staying;
    }

    /**
     * The messages that must stay because it could not be recorded how their tokens were settled. A figure in a report
     * is not worth more than some minutes of trying: after that they are settled without a record, and the report says
     * that the outcome of these tokens is unknown. Until
     * then each try sends the dead letters of its message again: a report that never ends would be worse.
     */
    private Set<String> unrecorded(
            List<MessageOutcome> outcomes, Set<String> unsent, SqsCallDeadline deadline, JsonLogger log) {
        var ends = new HashMap<FileTokenPosition, SettledTokenOutcome>();
        var messages = new HashSet<String>();
        var oftenReceived = new HashSet<String>();
        for (MessageOutcome outcome : outcomes) {
            Map<FileTokenPosition, SettledTokenOutcome> ofMessage = FileTokenSettlement.of(outcome);
            if (!ofMessage.isEmpty() && !unsent.contains(outcome.message().messageId())) {
                ofMessage.forEach((place, end) -> ends.merge(place, end, FileTokenSettlement::first));
                (outcome.message().receiveCount() > MOST_RECEIVES_TO_RECORD ? oftenReceived : messages)
                        .add(outcome.message().messageId());
            }
        }
        Duration half = deadline.left().dividedBy(2);
        if (settledTokens.add(ends, deadline.now(), half.compareTo(LONGEST_RECORDING) < 0 ? half : LONGEST_RECORDING)) {
            return Set.of();
        }
        log.error(
                "How tokens of bulk files were settled could not be recorded in the table; their messages stay in the "
                        + "queue, or end without a record if they were received too often.",
                field("messages", messages.size()),
                field("without_note", oftenReceived.size()));
        return messages;
    }

    /** The messages that must stay because SQS did not accept a message that was made from them. */
    private static Set<String> sources(List<EntryFailure<OutgoingMessage>> failures, String kind, JsonLogger log) {
        var sources = new HashSet<String>();
        for (EntryFailure<OutgoingMessage> failure : failures) {
            for (QueuedMessage source : failure.entry().sources()) {
                sources.add(source.messageId());
                log.error(
                        "A " + kind + " could not be sent; its message stays in the queue.",
                        field("message_id", source.messageId()),
                        field("reason", failure.reason()));
            }
        }
        return sources;
    }

    private void returnMessages(List<VisibilityChange> returns, SqsCallDeadline deadline, JsonLogger log) {
        for (EntryFailure<VisibilityChange> failure : visibilityReturn.send(returns, deadline)) {
            log.error(
                    "The wait of a returned message could not be set; it comes back after the queue's own timeout.",
                    field("message_id", failure.entry().message().messageId()),
                    field("wait_seconds", failure.entry().retryIn().toSeconds()),
                    field("reason", failure.reason()));
        }
    }
}
