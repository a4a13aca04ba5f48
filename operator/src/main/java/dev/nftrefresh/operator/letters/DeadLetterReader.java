package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads a queue of dead letters through, and hides each letter until the end so that none is received twice
 * meanwhile. Whoever ends it gives back what is still there.
 */
final class DeadLetterReader {
    /** For the calls that are under way when the time is up. */
    private static final Duration LAST_CALLS = Duration.ofMinutes(1);
    /** SQS may answer that there is none though it counts some. */
    private static final int EMPTY_ANSWERS = 3;

    private final DeadLetterQueue queue;
    private final InstantSource clock;
    private final Instant end;
    private final Map<String, String> handles = new LinkedHashMap<>();
    private long seen;
    private boolean timeIsUp;

    /**
     * Begins to read.
     *
     * @param longest how long it may take at most
     */
    DeadLetterReader(DeadLetterQueue queue, InstantSource clock, Duration longest) {
        this.queue = queue;
        this.clock = clock;
        Duration most = DeadLetterQueue.HIDDEN.minus(LAST_CALLS);
        end = clock.instant().plus(longest.compareTo(most) < 0 ? longest : most);
    }

    /** As long as letters stay hidden. */
    static DeadLetterReader whole(DeadLetterQueue queue, InstantSource clock) {
        return new DeadLetterReader(queue, clock, DeadLetterQueue.HIDDEN);
    }

    /** The next letters; none at the end. */
    List<ReceivedDeadLetter> next() {
        int empty = 0;
        while (true) {
            if (!clock.instant().isBefore(end)) {
                timeIsUp = true;
                return List.of();
            }
            List<ReceivedDeadLetter> received = queue.receive();
            if (received.isEmpty()) {
                empty++;
                if (empty == EMPTY_ANSWERS || queue.depth().visible() == 0) {
                    return List.of();
                }
            }
            // SQS may deliver a message twice, even while it is hidden: then its newer handle counts.
            var fresh = new ArrayList<ReceivedDeadLetter>();
            for (ReceivedDeadLetter letter : received) {
                if (handles.put(letter.id(), letter.receiptHandle()) == null) {
                    fresh.add(letter);
                }
            }
            seen += fresh.size();
            if (!fresh.isEmpty()) {
                return fresh;
            }
        }
    }

    /** The letter is deleted, so it need not be given back. */
    void deleted(ReceivedDeadLetter letter) {
        handles.remove(letter.id());
    }

    /** What SQS counts beside what was read; to be asked before letters are given back. */
    UnreadLetterCounts left() {
        QueueDepth depth = queue.depth();
        return new UnreadLetterCounts(depth.visible(), Math.max(0, depth.hidden() - handles.size()), timeIsUp);
    }

    /**
     * Gives back what was read and not deleted, as far as SQS lets it.
     *
     * @param hidden is told of letters that stay hidden, at most until {@link DeadLetterQueue#HIDDEN} is over: why, and
     *     how many
     * @return what ended it early; null if nothing did
     */
    @Nullable
    SdkException giveBack(ObjLongConsumer<String> hidden) {
        var left = new ArrayDeque<>(handles.values());
        while (!left.isEmpty()) {
            List<String> some = left.stream().limit(BatchCalls.MOST_ENTRIES).toList();
            try {
                queue.giveBack(some).values().forEach(why -> hidden.accept(why, 1));
            } catch (SdkException e) {
                hidden.accept(BatchCalls.CALL_FAILED, left.size());
                return e;
            }
            some.forEach(_ -> left.removeFirst());
        }
        return null;
    }

    /** How many letters were read. */
    long seen() {
        return seen;
    }
}
