package dev.nftrefresh.operator.letters;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Reads the dead letters without removing them, and groups them. */
final class LetterListing {
    private final LetterQueues queues;
    private final LetterFilter filter;
    private final Map<LetterGroup.Key, LetterGroup> groups = new LinkedHashMap<>();
    private final SortedMap<String, Long> hidden = new TreeMap<>();
    private long read;
    private long matching;
    private UnreadLetterCounts left = UnreadLetterCounts.NONE;
    private @Nullable SdkException failure;
    private boolean interrupted;

    LetterListing(LetterQueues queues, LetterFilter filter) {
        this.queues = queues;
        this.filter = filter;
    }

    /**
     * Reads them. A failure of AWS ends it, and is in the result then.
     *
     * @param each is given every letter that matches
     * @param stop whether to end early
     * @param progress is called whenever more was read
     */
    void read(
            SqsClient sqs,
            InstantSource clock,
            Consumer<ReceivedDeadLetter> each,
            BooleanSupplier stop,
            Runnable progress) {
        for (DeadLetterQueue queue : DeadLetterQueue.of(sqs, queues, clock)) {
            if (failure == null && !interrupted) {
                read(DeadLetterReader.whole(queue, clock), each, stop, progress);
            }
        }
    }

    private void read(
            DeadLetterReader reading, Consumer<ReceivedDeadLetter> each, BooleanSupplier stop, Runnable progress) {
        try {
            for (List<ReceivedDeadLetter> letters = reading.next(); !letters.isEmpty(); letters = reading.next()) {
                read += letters.size();
                letters.stream().filter(filter::matches).forEach(letter -> {
                    add(letter);
                    each.accept(letter);
                });
                progress.run();
                interrupted = stop.getAsBoolean();
                if (interrupted) {
                    break;
                }
            }
            left = left.plus(reading.left());
        } catch (SdkException e) {
            failure = e;
        }
        SdkException notGivenBack = reading.giveBack((why, letters) -> hidden.merge(why, letters, Long::sum));
        failure = failure == null ? notGivenBack : failure;
    }

    private void add(ReceivedDeadLetter letter) {
        matching++;
        groups.computeIfAbsent(
                        new LetterGroup.Key(letter.reason(), letter.subject().collection()), LetterGroup::new)
                .add(letter, queues);
    }

    /** By reason, then the oldest first. */
    List<LetterGroup> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparing((LetterGroup group) -> group.key().reason())
                        .thenComparing(LetterGroup::firstSeen))
                .toList();
    }

    /** Letters that were read, whether they match or not. */
    long read() {
        return read;
    }

    long matching() {
        return matching;
    }

    UnreadLetterCounts left() {
        return left;
    }

    /** By what SQS said of it: how many could not be given back at once. */
    SortedMap<String, Long> hidden() {
        return hidden;
    }

    boolean interrupted() {
        return interrupted;
    }

    /** What ended it early; null if nothing did. */
    @Nullable
    SdkException failure() {
        return failure;
    }
}
