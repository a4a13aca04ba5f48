package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.flow.FileOutcome.Accepted;
import dev.nftrefresh.local.flow.FileOutcome.Letter;
import dev.nftrefresh.local.flow.FileOutcome.Outcome;
import dev.nftrefresh.local.flow.FileOutcome.Rejected;
import dev.nftrefresh.local.flow.FileOutcome.Superseded;
import dev.nftrefresh.local.flow.FileOutcome.Unsettled;
import dev.nftrefresh.local.flow.FileOutcome.UpdateOutcome;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import dev.nftrefresh.update.UpdateVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Follows each update of a file from its line to its outcome. An update is identified by its token and its version,
 * which remainders and dead letters have too. Thread-safe.
 */
final class UpdateTracker implements UpdateListener {
    /** Letters carry their versions; whether these are too late for when they were sent was checked before. */
    private static final Instant LATE = Instant.parse("9999-01-01T00:00:00Z");

    private final QueueMessageReader reader;
    private final Map<String, TrackedMessage> messages = new HashMap<>();
    private final Map<TokenKey, List<TrackedUpdate>> updates = new HashMap<>();
    private final Map<TokenKey, UpdateVersion> newestAccepted = new HashMap<>();
    private final List<Letter> letters = new ArrayList<>();

    /** Of messages for this chain. */
    UpdateTracker(String chainName) {
        reader = new QueueMessageReader(chainName);
    }

    /** A message of the file; its updates are known once it is delivered, as it may get its version from the queue. */
    private static final class TrackedMessage {
        private final long line;
        private final List<TrackedUpdate> updates = new ArrayList<>(1);
        private boolean isRead;

        TrackedMessage(long line) {
            this.line = line;
        }
    }

    private static final class TrackedUpdate {
        private final long line;
        private final String tokenId;
        private final @Nullable TokenKey key;
        private final @Nullable UpdateVersion version;
        /** Of one that can never be accepted, and so has no key and no version. */
        private final @Nullable RejectReason fault;

        private @Nullable Outcome outcome;

        TrackedUpdate(
                long line,
                String tokenId,
                @Nullable TokenKey key,
                @Nullable UpdateVersion version,
                @Nullable RejectReason fault) {
            this.line = line;
            this.tokenId = tokenId;
            this.key = key;
            this.version = version;
            this.fault = fault;
        }

        boolean is(UpdateVersion other) {
            return other.equals(version);
        }
    }

    /** This line of the file became this message. */
    synchronized void queued(long line, String messageId) {
        messages.put(messageId, new TrackedMessage(line));
    }

    /** A message was delivered, possibly another sender's, or not for the first time. */
    synchronized void delivered(Message message) {
        TrackedMessage tracked = messages.get(message.messageId());
        if (tracked == null || tracked.isRead) {
            return;
        }
        tracked.isRead = true;
        List<String> ids = TokenIds.of(message.body());
        switch (reader.read(message.body().getBytes(StandardCharsets.UTF_8), sentAt(message))) {
            case MessageReadResult.Rejected(Rejection rejection, int _) ->
                (ids.isEmpty() ? List.of("") : ids).forEach(id -> refused(tracked, id, rejection.reason()));
            case MessageReadResult.ParsedMessage(UpdateMessage read) -> {
                for (int i = 0; i < read.elements().size(); i++) {
                    String id = i < ids.size() ? ids.get(i) : "";
                    switch (read.elements().get(i)) {
                        case UpdateMessage.Valid(TokenUpdate update) -> valid(tracked, id, update);
                        case UpdateMessage.Invalid(var _, var _, Rejection rejection) ->
                            refused(tracked, id, rejection.reason());
                    }
                }
            }
        }
    }

    private void valid(TrackedMessage message, String tokenId, TokenUpdate update) {
        var tracked = new TrackedUpdate(message.line, tokenId, update.key(), update.version(), null);
        message.updates.add(tracked);
        updates.computeIfAbsent(update.key(), _ -> new ArrayList<>(1)).add(tracked);
    }

    private static void refused(TrackedMessage message, String tokenId, RejectReason reason) {
        message.updates.add(new TrackedUpdate(message.line, tokenId, null, null, reason));
    }

    private static Instant sentAt(Message message) {
        return Instant.ofEpochMilli(
                Long.parseLong(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP)));
    }

    @Override
    public synchronized void accepted(TokenUpdate update, Instant now) {
        newestAccepted.merge(update.key(), update.version(), (one, other) -> other.isNewerThan(one) ? other : one);
        // Of the same update twice, one is accepted, and the other has nothing left to do.
        matching(update).stream()
                .filter(tracked -> tracked.outcome == null)
                .findFirst()
                .ifPresent(tracked -> {
                    tracked.outcome = new Accepted();
                });
    }

    @Override
    public void alreadyAccepted(TokenUpdate update) {
        // Whether an update is superseded is decided at the end, by what was accepted.
    }

    @Override
    public void rejected(TokenUpdate update) {
        // Its dead letter says so.
    }

    private List<TrackedUpdate> matching(TokenUpdate update) {
        return updates.getOrDefault(update.key(), List.of()).stream()
                .filter(tracked -> tracked.is(update.version()))
                .toList();
    }

    /** This is in the dead-letter queue. */
    synchronized void deadLetter(DeadLetter letter) {
        var rejected = new Rejected(letter.reason());
        TrackedMessage source = messages.get(String.valueOf(letter.sourceMessageId()));
        List<TrackedUpdate> named = new ArrayList<>();
        if (source != null) {
            source.updates.stream()
                    .filter(tracked ->
                            tracked.fault != null && tracked.fault.name().equals(letter.reason()))
                    .forEach(named::add);
        }
        // An update rejected from a remainder, whose message is unknown here, is identified by its version.
        if (reader.read(letter.body().getBytes(StandardCharsets.UTF_8), LATE)
                instanceof MessageReadResult.ParsedMessage(UpdateMessage read)) {
            for (UpdateMessage.MetadataElement element : read.elements()) {
                if (element instanceof UpdateMessage.Valid(TokenUpdate update)) {
                    named.addAll(matching(update));
                }
            }
        }
        named.stream()
                .filter(tracked -> !(tracked.outcome instanceof Accepted))
                .forEach(tracked -> tracked.outcome = rejected);
        long line = source != null ? source.line : named.isEmpty() ? 0 : named.getFirst().line;
        letters.add(new Letter(line, letter.reason(), letter.detail(), TokenCounter.of(letter.body())));
    }

    /** What is known by now. */
    synchronized FileOutcome outcome() {
        List<UpdateOutcome> outcomes = messages.values().stream()
                .sorted(Comparator.comparingLong(message -> message.line))
                .flatMap(message -> message.updates.stream())
                .map(tracked -> new UpdateOutcome(tracked.line, tracked.tokenId, outcomeOf(tracked)))
                .toList();
        return new FileOutcome(
                outcomes,
                letters.stream().sorted(Comparator.comparingLong(Letter::line)).toList());
    }

    private Outcome outcomeOf(TrackedUpdate tracked) {
        if (tracked.outcome != null) {
            return tracked.outcome;
        }
        UpdateVersion newest = tracked.key == null ? null : newestAccepted.get(tracked.key);
        if (newest == null || tracked.version == null || tracked.version.isNewerThan(newest)) {
            return new Unsettled();
        }
        return new Superseded(updates.getOrDefault(tracked.key, List.of()).stream()
                .filter(other -> other.is(newest))
                .mapToLong(other -> other.line)
                .findFirst()
                .orElse(0));
    }
}
