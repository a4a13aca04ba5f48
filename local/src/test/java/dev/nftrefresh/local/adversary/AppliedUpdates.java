package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API really applied, in which order, and what it answered to whom: its own record. */
final class AppliedUpdates {
    private final Map<String, List<AppliedUpdate>> byToken = new HashMap<>();
    private final Map<Integer, Integer> refusedAlone = new HashMap<>();
    private final Map<Integer, List<AnsweredRequest>> byCollection = new HashMap<>();

    /** A request that the API got. */
    static final class ReceivedRequest {
        final int number;
        final Instant sentAt;
        final Duration timeout;
        private @Nullable Instant acknowledgedAt;
        private @Nullable CopyLife copy;

        ReceivedRequest(int number, Instant sentAt, Duration timeout) {
            this.number = number;
            this.sentAt = sentAt;
            this.timeout = timeout;
        }

        /** This copy got the answer that it was accepted. */
        void acknowledged(CopyLife by, Instant at) {
            copy = by;
            acknowledgedAt = at;
        }

        /** Whether a copy got the answer that it was accepted, and lived on, so that it could record that. */
        boolean isAcknowledged() {
            return copy != null && acknowledgedAt != null && copy.livedAfter(acknowledgedAt);
        }
    }

    /** An update that was applied. */
    record AppliedUpdate(ProducedUpdate update, Instant at, ReceivedRequest by) {
        /** Whether its answer was lost, and it arrived later than the stack waits for it. */
        boolean isUnheardAndLate() {
            return !by.isAcknowledged() && at.isAfter(by.sentAt.plus(by.timeout));
        }
    }

    /** That a request of a collection was answered with this status by Immutable itself. */
    record AnsweredRequest(int status, Instant at) {}

    void applied(ProducedUpdate update, Instant at, ReceivedRequest by) {
        byToken.computeIfAbsent(update.token(), _ -> new ArrayList<>()).add(new AppliedUpdate(update, at, by));
    }

    void refusedAlone(int serial) {
        refusedAlone.merge(serial, 1, Integer::sum);
    }

    void answered(int collection, int status, Instant at) {
        byCollection.computeIfAbsent(collection, _ -> new ArrayList<>()).add(new AnsweredRequest(status, at));
    }

    List<AppliedUpdate> of(String token) {
        return byToken.getOrDefault(token, List.of());
    }

    /** When the last update of this collection was applied. */
    Instant lastOf(int collection) {
        return byToken.values().stream()
                .flatMap(List::stream)
                .filter(application -> application.update().token().startsWith(collection + "/"))
                .map(AppliedUpdate::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    Set<String> tokens() {
        return byToken.keySet();
    }

    boolean wasRefusedAlone(int serial) {
        return refusedAlone.containsKey(serial);
    }

    /** How often updates were refused alone of which that was known before. */
    int repeatedLoneRefusals() {
        return refusedAlone.values().stream().mapToInt(times -> times - 1).sum();
    }

    /** Whether this collection had been answered with nothing but this status for so long, often enough, by then. */
    boolean wasAnswered(int collection, int status, Duration patience, Instant by) {
        Instant first = null;
        Instant last = Instant.MIN;
        int counted = 0;
        for (AnsweredRequest answered : byCollection.getOrDefault(collection, List.of())) {
            if (answered.at().isAfter(by)) {
                break;
            }
            if (answered.status() == 202) {
                first = null;
                counted = 0;
            } else if (answered.status() == status) {
                first = first == null ? answered.at() : first;
                if (counted == 0 || !answered.at().isBefore(last.plus(Duration.ofMinutes(10)))) {
                    counted++;
                    last = answered.at();
                }
            }
        }
        return first != null && counted >= 3 && !by.isBefore(first.plus(patience));
    }
}
