package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Applies requests at once, late or never, and records what must not happen: that an older version overwrites a newer
 * one, and that the ledger reports more than happened. Times are seconds.
 */
final class ModelApi {
    static final int NEVER = Integer.MAX_VALUE;
    /** How long an older version waits for the outcome of a newer one; after that it may overwrite it. */
    private static final int OLDER_WAIT = 24 * 3600;

    private final List<SentRequest> underWay = new ArrayList<>();
    private final List<SentRequest> applied = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int now;
    private boolean calm;
    private boolean settled;

    /** A request; possibly one that was not sent. */
    static final class SentRequest {
        private final String name;
        private final Map<String, Integer> versions;
        private final int claimedAt;
        private final int leaseEnd;
        private int appliedAt;
        private int recordedFrom = NEVER;
        private int recordedAt = NEVER;

        SentRequest(String name, Map<String, Integer> versions, int claimedAt, int leaseEnd, int appliedAt) {
            this.name = name;
            this.versions = versions;
            this.claimedAt = claimedAt;
            this.leaseEnd = leaseEnd;
            this.appliedAt = appliedAt;
        }

        String name() {
            return name;
        }

        /** Its acceptance is in the table: no older version claimed after that may overwrite it, however late. */
        void isTold(int from, int to) {
            recordedFrom = from;
            recordedAt = to;
        }

        /** The version of the token whose outcome was recorded completely before that time; 0 if none was. */
        int recordedVersion(String token, int before) {
            return recordedAt < before ? versions.getOrDefault(token, 0) : 0;
        }

        boolean hasNewer(String token, int version) {
            return versions.getOrDefault(token, 0) > version;
        }

        boolean has(String token, int version) {
            return versions.getOrDefault(token, 0) == version;
        }

        boolean mayBeUndoneBy(SentRequest older) {
            return recordedAt >= older.claimedAt && older.claimedAt >= leaseEnd + OLDER_WAIT;
        }

        @Override
        public String toString() {
            return name + " (claimed " + versions + " at " + claimedAt + ")";
        }
    }

    int now() {
        return now;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    void send(SentRequest sent) {
        underWay.add(sent);
        pass(0);
    }

    void pass(int seconds) {
        now += seconds;
        underWay.stream()
                .filter(sent -> sent.appliedAt <= now)
                .sorted(Comparator.comparingInt(sent -> sent.appliedAt))
                .forEach(this::apply);
        underWay.removeIf(sent -> sent.appliedAt <= now);
    }

    private void apply(SentRequest sent) {
        sent.versions.forEach((token, version) -> applied.stream()
                .filter(before -> before.hasNewer(token, version) && !before.mayBeUndoneBy(sent))
                .forEach(before -> faults.add("token " + token + " of " + before + " was undone by " + sent)));
        applied.add(sent);
    }

    boolean hasApplied(SentRequest sent) {
        return applied.contains(sent);
    }

    boolean willApply(SentRequest sent) {
        return underWay.contains(sent) && sent.appliedAt != NEVER;
    }

    /** It can no longer be applied after that. */
    void isOverAt(SentRequest sent, int until) {
        if (sent.appliedAt > until) {
            sent.appliedAt = NEVER;
        }
    }

    /** From now on nothing is in flight for long, and nothing needs to wait. */
    void isCalm() {
        calm = true;
    }

    /** From now on nothing is left to do. */
    void isSettled() {
        settled = true;
    }

    void answered(String request, int claimed, String token, int version, ClaimResult claim) {
        boolean right = switch (claim) {
            case AlreadyAccepted _ -> applied.stream().anyMatch(sent -> sent.has(token, version));
            case Superseded() -> applied.stream().anyMatch(sent -> sent.hasNewer(token, version));
            case Busy _, Unavailable() -> !calm;
            case Granted _ -> !settled && !isTooSoon(token, version, claimed);
        };
        if (!right) {
            faults.add("at %d %s is answered %s for version %d of token %s"
                    .formatted(now, request, claim, version, token));
        }
    }

    /** Whether a version that was claimed then follows too soon on the newest one with a known outcome. */
    private boolean isTooSoon(String token, int version, int claimed) {
        int newest = applied.stream()
                .mapToInt(sent -> sent.recordedVersion(token, claimed))
                .max()
                .orElse(0);
        return newest > 0
                && newest < version
                && applied.stream()
                        .filter(sent -> sent.recordedVersion(token, claimed) == newest)
                        .anyMatch(sent -> claimed < sent.recordedFrom + LedgerRace.TOKEN_INTERVAL);
    }

    void mustHaveApplied(String token, int version) {
        if (applied.stream().noneMatch(sent -> sent.has(token, version))) {
            faults.add("version %d of token %s was never applied".formatted(version, token));
        }
    }
}
