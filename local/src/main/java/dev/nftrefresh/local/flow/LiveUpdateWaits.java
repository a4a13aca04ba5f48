package dev.nftrefresh.local.flow;

import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage.Valid;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long live updates wait, each from when its message is queued until it, or a newer update of its token,
 * is accepted. What is rejected has no such wait, and neither has an update to which a newer one was accepted before it
 * was queued. Safe for use by many threads.
 */
final class LiveUpdateWaits implements UpdateListener {
    private final QueueMessageReader reader;
    private final Map<TokenKey, List<WaitingUpdate>> waiting = new HashMap<>();
    private final List<Duration> waits = new ArrayList<>();

    /** Of messages for this chain. */
    LiveUpdateWaits(String chainName) {
        reader = new QueueMessageReader(chainName);
    }

    private record WaitingUpdate(UpdateVersion version, Instant queuedAt) {}

    /**
     * A message is about to be queued.
     *
     * @param now the time: the version of updates that have none. The queue itself may record a millisecond later
     */
    void queued(byte[] body, Instant now) {
        Instant queuedAt = Instant.ofEpochMilli(now.toEpochMilli());
        if (reader.read(body, queuedAt) instanceof MessageReadResult.ParsedMessage(var message)) {
            synchronized (this) {
                for (var element : message.elements()) {
                    if (element instanceof Valid(TokenUpdate update)) {
                        waiting.computeIfAbsent(update.key(), _ -> new ArrayList<>(1))
                                .add(new WaitingUpdate(update.version(), queuedAt));
                    }
                }
            }
        }
    }

    /**
     * This update, from wherever it came, was accepted now: neither it nor any older one of its token waits any longer.
     */
    @Override
    public synchronized void accepted(TokenUpdate update, Instant now) {
        for (WaitingUpdate through : takeUpTo(update)) {
            Duration wait = Duration.between(through.queuedAt, now);
            waits.add(wait.isNegative() ? Duration.ZERO : wait);
        }
    }

    /** This one was accepted, or a newer one was, before: those that still wait here were queued after that. */
    @Override
    public synchronized void alreadyAccepted(TokenUpdate update) {
        takeUpTo(update);
    }

    /** This one never will be accepted. */
    @Override
    public synchronized void rejected(TokenUpdate update) {
        take(update.key(), queued -> queued.version.equals(update.version()));
    }

    /** The figures of the waits that are over; null if none is. */
    synchronized @Nullable WaitStatistics figures() {
        return waits.isEmpty() ? null : WaitStatistics.of(waits);
    }

    private List<WaitingUpdate> takeUpTo(TokenUpdate update) {
        return take(update.key(), queued -> !queued.version.isNewerThan(update.version()));
    }

    private List<WaitingUpdate> take(TokenKey key, Predicate<WaitingUpdate> which) {
        List<WaitingUpdate> ofToken = waiting.get(key);
        if (ofToken == null) {
            return List.of();
        }
        List<WaitingUpdate> taken = ofToken.stream().filter(which).toList();
        ofToken.removeAll(taken);
        if (ofToken.isEmpty()) {
            waiting.remove(key);
        }
        return taken;
    }
}
