package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A standard queue in memory. Every step costs a logarithm of its depth at most, also with many messages in flight. */
final class InMemorySqsQueue {
    private static final int MAX_IN_FLIGHT = 120_000;
    /** A receipt handle is the message's id, this, and how often it was received. */
    private static final char HANDLE_SEPARATOR = '#';
    /** Waiting receivers look at the clock this often, which need not be the real one. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final SqsQueueSettings settings;
    private final @Nullable InMemorySqsQueue deadLetters;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    private final Map<String, StoredMessage> messages = new HashMap<>();
    private final VisibleMessages visible;
    private final Function<String, UUID> ids;

    private final TreeSet<StoredMessage> hidden = new TreeSet<>(StoredMessage.BY_VISIBILITY);
    private int inFlight;
    private long sent;

    InMemorySqsQueue(SqsQueueSettings settings, @Nullable InMemorySqsQueue deadLetters, Clock clock) {
        this(settings, deadLetters, clock, new VisibleMessages.InOrderMessages(), _ -> UUID.randomUUID());
    }

    /**
     * A queue whose messages are received in another order, and with other ids.
     *
     * @param ids of a message with this body
     */
    InMemorySqsQueue(
            SqsQueueSettings settings,
            @Nullable InMemorySqsQueue deadLetters,
            Clock clock,
            VisibleMessages visible,
            Function<String, UUID> ids) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.visible = visible;
        this.ids = ids;
    }

    SqsQueueSettings settings() {
        return settings;
    }

    /** Stores a message of the account that was checked already, and returns its id. */
    String send(String body, String bodyMd5, JsonNode attributes, Duration delay) {
        return send(body, bodyMd5, attributes, delay, LocalSqsQueues.ACCOUNT);
    }

    /** The same of this sender. */
    String send(String body, String bodyMd5, JsonNode attributes, Duration delay, String senderId) {
        lock.lock();
        try {
            Instant now = clock.instant();
            var message = new StoredMessage(
                    ids.apply(body).toString(), body, bodyMd5, attributes, senderId, now, sent++, now.plus(delay));
            messages.put(message.id, message);
            if (delay.isZero()) {
                visible.add(message);
                arrived.signal();
            } else {
                hidden.add(message);
            }
            return message.id;
        } finally {
            lock.unlock();
        }
    }

    /** Up to {@code max} messages; waits for the first one so long. */
    List<MessageDelivery> receive(int max, Duration visibility, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            Instant waitEnd = clock.instant().plus(wait);
            while (true) {
                Instant now = clock.instant();
                showDue(now);
                List<MessageDelivery> deliveries = take(max, visibility, now);
                if (!deliveries.isEmpty() || !now.isBefore(waitEnd)) {
                    return deliveries;
                }
                // Not for longer: a delayed or returning message signals nothing.
                boolean _ = arrived.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<MessageDelivery> take(int max, Duration visibility, Instant now) {
        List<MessageDelivery> deliveries = new ArrayList<>(max);
        while (deliveries.size() < max && !visible.isEmpty()) {
            if (inFlight >= MAX_IN_FLIGHT) {
                if (deliveries.isEmpty()) {
                    throw new SqsErrorException("OverLimit", "Too many messages in flight: " + inFlight + ".");
                }
                return deliveries;
            }
            StoredMessage message = visible.takeNext();
            if (deadLetters != null && message.receiveCount >= settings.maxReceiveCount()) {
                messages.remove(message.id);
                deadLetters.adopt(message, LocalSqsQueues.arn(settings.name()));
            } else {
                deliveries.add(deliver(message, visibility, now));
            }
        }
        return deliveries;
    }

    private MessageDelivery deliver(StoredMessage message, Duration visibility, Instant now) {
        message.receiveCount++;
        String handle = message.id + HANDLE_SEPARATOR + message.receiveCount;
        message.receiptHandle = handle;
        message.receivedAt = now;
        Instant first = message.firstReceivedAt == null ? now : message.firstReceivedAt;
        message.firstReceivedAt = first;
        hide(message, now, now.plus(visibility));
        return new MessageDelivery(
                message.id,
                handle,
                message.body,
                message.bodyMd5,
                message.attributes,
                message.senderId,
                message.sentAt,
                first,
                message.receiveCount,
                message.deadLetterSourceArn);
    }

    /** Takes a message over from the queue that gave up on it: it keeps its id and when it was sent. */
    private void adopt(StoredMessage message, String sourceArn) {
        lock.lock();
        try {
            message.deadLetterSourceArn = sourceArn;
            message.receiptHandle = null;
            messages.put(message.id, message);
            visible.add(message);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the message unless it was received again since; like SQS, says nothing either way. */
    void delete(String receiptHandle) {
        lock.lock();
        try {
            StoredMessage message = messages.get(messageId(receiptHandle));
            if (message != null && receiptHandle.equals(message.receiptHandle)) {
                remove(message.id);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a message out, wherever it is. */
    void remove(String id) {
        lock.lock();
        try {
            StoredMessage message = messages.remove(id);
            if (message != null && !hidden.remove(message)) {
                visible.remove(message);
            } else if (message != null && message.wasReceived()) {
                inFlight--;
            }
        } finally {
            lock.unlock();
        }
    }

    void changeVisibility(String receiptHandle, Duration timeout) {
        lock.lock();
        try {
            Instant now = clock.instant();
            showDue(now);
            StoredMessage message = messages.get(messageId(receiptHandle));
            if (message == null || !receiptHandle.equals(message.receiptHandle)) {
                throw SqsErrorException.invalidParameter(
                        "Value " + receiptHandle + " for parameter ReceiptHandle is invalid. "
                                + "Reason: Message does not exist or is not available for visibility timeout change.");
            }
            if (!hidden.contains(message)) {
                throw new SqsErrorException("MessageNotInflight", "The message " + message.id + " is not in flight.");
            }
            if (now.plus(timeout).isAfter(message.receivedAt.plus(SqsLimits.MAX_VISIBILITY))) {
                throw SqsErrorException.invalidParameter(
                        "Value " + timeout.toSeconds() + " for parameter VisibilityTimeout is invalid. Reason: Total "
                                + "VisibilityTimeout for the message is beyond the limit [43200 seconds].");
            }
            hidden.remove(message);
            inFlight--;
            hide(message, now, now.plus(timeout));
        } finally {
            lock.unlock();
        }
    }

    QueueDepth depth() {
        lock.lock();
        try {
            showDue(clock.instant());
            return new QueueDepth(visible.size(), inFlight, hidden.size() - inFlight);
        } finally {
            lock.unlock();
        }
    }

    /** All messages, wherever they are. */
    List<StoredMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages.values());
        } finally {
            lock.unlock();
        }
    }

    /** When the next message becomes visible; empty if none is hidden. */
    Optional<Instant> nextVisible() {
        lock.lock();
        try {
            return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden.first().visibleAt);
        } finally {
            lock.unlock();
        }
    }

    private void hide(StoredMessage message, Instant now, Instant until) {
        message.visibleAt = until;
        if (until.isAfter(now)) {
            hidden.add(message);
            inFlight++;
        } else {
            visible.add(message);
            arrived.signal();
        }
    }

    private void showDue(Instant now) {
        while (!hidden.isEmpty() && !hidden.first().visibleAt.isAfter(now)) {
            StoredMessage message = Objects.requireNonNull(hidden.pollFirst());
            if (message.wasReceived()) {
                inFlight--;
            }
            visible.add(message);
        }
    }

    private static String messageId(String receiptHandle) {
        int end = receiptHandle.indexOf(HANDLE_SEPARATOR);
        if (end < 0) {
            throw new SqsErrorException("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
        }
        return receiptHandle.substring(0, end);
    }
}
