package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.letters.RedrivenLetter.RedrivenMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Sends dead letters back to the queues that they came from, and deletes each once it is sent. Whatever ends it early
 * leaves every letter in its old queue, in its new one, or in both, where its version makes the second one harmless; so
 * it can be repeated.
 */
final class DeadLetterRedrive {
    /** SQS's, of one call. */
    private static final int CALL_BYTES = 1024 * 1024;

    private final SqsClient sqs;
    private final LetterQueues queues;
    private final LetterFilter filter;
    private final LetterDestination withoutLane;
    private final InstantSource clock;
    private final BooleanSupplier interrupted;
    private final RedriveResult result;

    /**
     * A redrive that has not begun.
     *
     * @param withoutLane where letters go that do not say where they came from
     * @param interrupted whether it is to end early
     */
    DeadLetterRedrive(
            SqsClient sqs,
            LetterQueues queues,
            LetterFilter filter,
            LetterDestination withoutLane,
            InstantSource clock,
            boolean dryRun,
            BooleanSupplier interrupted) {
        this.sqs = sqs;
        this.queues = queues;
        this.filter = filter;
        this.withoutLane = withoutLane;
        this.clock = clock;
        this.interrupted = interrupted;
        result = new RedriveResult(dryRun);
    }

    /**
     * Redrives once; a failure of AWS ends it, and is in the result.
     *
     * @param progress is given the result so far, again and again
     */
    RedriveResult run(Consumer<RedriveResult> progress) {
        for (DeadLetterQueue queue : DeadLetterQueue.of(sqs, queues, clock)) {
            if (result.failure() == null && !isInterrupted()) {
                emptyOut(queue, progress);
            }
        }
        return result;
    }

    private boolean isInterrupted() {
        if (interrupted.getAsBoolean()) {
            result.interrupt();
        }
        return result.interrupted();
    }

    private void emptyOut(DeadLetterQueue queue, Consumer<RedriveResult> progress) {
        var reading = DeadLetterReader.whole(queue, clock);
        try {
            if (result.startedAt() == null) {
                result.started(queue.depth().at());
            }
            for (List<ReceivedDeadLetter> letters = reading.next();
                    !letters.isEmpty() && !isInterrupted();
                    letters = reading.next()) {
                result.read(letters.size());
                sendBack(queue, reading, letters.stream().filter(this::goes).toList());
                progress.accept(result);
            }
            result.left(reading.left());
        } catch (SdkException e) {
            result.fail(e);
        }
        SdkException notGivenBack = reading.giveBack(result::hidden);
        if (notGivenBack != null && result.failure() == null) {
            result.fail(notGivenBack);
        }
    }

    /** Whether it is one of those that were asked for, and no younger than the redrive. */
    private boolean goes(ReceivedDeadLetter letter) {
        if (!filter.matches(letter)) {
            result.unmatched();
            return false;
        }
        StayReason why = whyItStays(letter);
        if (why != null) {
            result.stays(letter, why);
        }
        return why == null;
    }

    private @Nullable StayReason whyItStays(ReceivedDeadLetter letter) {
        // What was sent back and has returned is younger than the start. SQS's clock tells whole seconds, so what came
        // in that
        // second stays too.
        if (!letter.sentAt().isBefore(Objects.requireNonNull(result.startedAt()))) {
            return StayReason.ARRIVED_LATER;
        }
        return letter.reason().goesOnlyByName() && filter.reason() == null ? StayReason.NEEDS_ITS_REASON : null;
    }

    private void sendBack(DeadLetterQueue queue, DeadLetterReader reading, List<ReceivedDeadLetter> letters) {
        Map<LetterDestination, List<ReceivedDeadLetter>> byDestination = new EnumMap<>(LetterDestination.class);
        letters.forEach(letter -> byDestination
                .computeIfAbsent(letter.destination(queues, withoutLane), _ -> new ArrayList<>())
                .add(letter));
        byDestination.forEach((destination, some) -> {
            if (result.dryRun()) {
                some.forEach(letter -> result.went(letter, destination));
            } else if (!isInterrupted()) {
                send(queue, reading, some, destination);
            }
        });
    }

    /**
     * A message on its way.
     *
     * @param letter that it is made of
     * @param last whether the letter has gone whole with it
     */
    private record Outgoing(ReceivedDeadLetter letter, RedrivenMessage message, boolean last) {}

    /** Sends letters, and deletes those of which SQS took everything, also where it then fails. */
    private void send(
            DeadLetterQueue queue,
            DeadLetterReader reading,
            List<ReceivedDeadLetter> letters,
            LetterDestination destination) {
        var unsent = new LinkedHashSet<>(letters);
        try {
            var refused = new LinkedHashMap<ReceivedDeadLetter, String>();
            for (List<Outgoing> call : calls(letters)) {
                send(call, destination).forEach((outgoing, why) -> refused.put(outgoing.letter(), why));
                call.stream()
                        .filter(outgoing -> outgoing.last() && !refused.containsKey(outgoing.letter()))
                        .forEach(outgoing -> unsent.remove(outgoing.letter()));
            }
            refused.values().forEach(result::unsent);
        } finally {
            List<ReceivedDeadLetter> sent =
                    letters.stream().filter(letter -> !unsent.contains(letter)).toList();
            sent.forEach(letter -> result.went(letter, destination));
            delete(queue, reading, sent);
        }
    }

    private Map<Outgoing, String> send(List<Outgoing> call, LetterDestination destination) {
        return BatchCalls.failures(
                call,
                some -> sqs.sendMessageBatch(batch -> batch.queueUrl(queues.url(destination))
                                .entries(IntStream.range(0, some.size())
                                        .mapToObj(i -> entry(i, some.get(i).message()))
                                        .toList()))
                        .failed());
    }

    private static List<List<Outgoing>> calls(List<ReceivedDeadLetter> letters) {
        var calls = new ArrayList<List<Outgoing>>();
        long bytes = CALL_BYTES;
        for (ReceivedDeadLetter letter : letters) {
            List<RedrivenMessage> messages = RedrivenLetter.messages(letter);
            for (RedrivenMessage message : messages) {
                bytes += message.bytes();
                if (bytes > CALL_BYTES || calls.getLast().size() == BatchCalls.MOST_ENTRIES) {
                    calls.add(new ArrayList<>());
                    bytes = message.bytes();
                }
                calls.getLast().add(new Outgoing(letter, message, message.equals(messages.getLast())));
            }
        }
        return calls;
    }

    private static SendMessageBatchRequestEntry entry(int place, RedrivenMessage message) {
        return SendMessageBatchRequestEntry.builder()
                .id(String.valueOf(place))
                .messageBody(message.body())
                .messageAttributes(message.attributes())
                .build();
    }

    private void delete(DeadLetterQueue queue, DeadLetterReader reading, List<ReceivedDeadLetter> sent) {
        if (sent.isEmpty()) {
            return;
        }
        Map<ReceivedDeadLetter, String> failed;
        try {
            failed = queue.delete(sent);
        } catch (SdkException e) {
            sent.forEach(_ -> result.undeleted(BatchCalls.CALL_FAILED));
            throw e;
        }
        failed.values().forEach(result::undeleted);
        sent.stream().filter(letter -> !failed.containsKey(letter)).forEach(reading::deleted);
    }
}
