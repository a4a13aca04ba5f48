package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestOutcome;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays steps against a ledger, and records each claim that was answered against the rules. */
final class LedgerTimeline {
    sealed interface TimelineStep {}

    /** A new request claims versions of tokens, for so many seconds. */
    record ClaimStep(Map<String, Integer> versions, int lease) implements TimelineStep {}

    /** One of the requests without an outcome ends, in time or late. */
    record IsAccepted(int which) implements TimelineStep {}

    record IsNotApplied(int which) implements TimelineStep {}

    record IsRefused(int which) implements TimelineStep {}

    record IsUnknown(int which, int seconds) implements TimelineStep {}

    record TimePasses(int seconds) implements TimelineStep {}

    /** A request in flight, with the tokens that it was granted. */
    private record SentRequest(String name, Map<String, Integer> granted, int leaseEnd) {}

    /** A version that is or may be in flight until then, so that no other may be sent. */
    private record HeldVersion(String token, int version, boolean sameMayGo, int until, String request) {}

    /** Others wait longer by this. */
    private static final int CLOCKS = 2;

    private final TokenLedger ledger;
    private final List<SentRequest> open = new ArrayList<>();
    private final List<HeldVersion> holds = new ArrayList<>();
    private final Map<String, String> lastClaim = new HashMap<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Integer> granted = new HashMap<>();
    /** Versions of a token whose outcomes were not recorded in time, by their requests. */
    private final Map<String, Map<String, Integer>> unconfirmed = new HashMap<>();

    private final List<String> faults = new ArrayList<>();
    private int now;
    private int requests;

    private LedgerTimeline(TokenLedger ledger) {
        this.ledger = ledger;
    }

    static List<String> play(TokenLedger ledger, List<TimelineStep> steps) {
        var timeline = new LedgerTimeline(ledger);
        steps.forEach(timeline::play);
        return timeline.faults;
    }

    private void play(TimelineStep step) {
        switch (step) {
            case ClaimStep(Map<String, Integer> versions, int lease) -> claim(versions, lease);
            case IsAccepted(int which) -> end(which, new Accepted());
            case IsNotApplied(int which) -> end(which, new NotApplied(false));
            case IsRefused(int which) -> end(which, new TokenLedger.RefusedAlone(true));
            case IsUnknown(int which, int seconds) -> end(which, new Unknown(LedgerUpdates.at(now + seconds), false));
            case TimePasses(int seconds) -> {
                now += seconds;
                open.stream().filter(sent -> sent.leaseEnd <= now).forEach(this::mayHaveBeenAccepted);
            }
        }
    }

    private void claim(Map<String, Integer> versions, int lease) {
        String request = "request " + requests++;
        var tokens = List.copyOf(versions.entrySet());
        List<ClaimResult> claims = ledger.claim(
                request,
                false,
                tokens.stream()
                        .map(token -> LedgerUpdates.of(token.getKey(), token.getValue()))
                        .toList(),
                LedgerUpdates.at(now),
                LedgerUpdates.at(now + lease),
                TokenLedgerContract.AT_MOST);
        var mine = new HashMap<String, Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i).getKey();
            int version = tokens.get(i).getValue();
            String rule = broken(token, version, claims.get(i));
            if (rule != null) {
                faults.add("at %d token %s v%d is %s: %s".formatted(now, token, version, claims.get(i), rule));
            }
            if (claims.get(i) instanceof Granted) {
                mine.put(token, version);
                this.granted.merge(token, version, Math::max);
                lastClaim.put(token, request);
                holds.add(new HeldVersion(token, version, false, now + lease + CLOCKS, request));
            }
        }
        open.add(new SentRequest(request, mine, now + lease + CLOCKS));
    }

    /** The rule that this answer breaks, given everything that happened; null if none. */
    private @Nullable String broken(String token, int version, ClaimResult claim) {
        int newest = accepted.getOrDefault(token, 0);
        if (newest >= version) {
            boolean isSettled = newest == version ? claim instanceof AlreadyAccepted : claim instanceof Superseded;
            return isSettled ? null : "v" + newest + " was accepted";
        }
        int until = holds.stream()
                .filter(hold -> hold.token.equals(token) && !(hold.sameMayGo && hold.version == version))
                .mapToInt(HeldVersion::until)
                .max()
                .orElse(now);
        if (until > now) {
            return claim instanceof Busy ? null : "another one is on its way until " + until;
        }
        if (unconfirmed.getOrDefault(token, Map.of()).values().stream().anyMatch(other -> other > version)) {
            return claim instanceof Busy ? null : "a newer one may have been accepted";
        }
        boolean isNewest = version >= granted.getOrDefault(token, 0);
        return claim instanceof Granted || (claim instanceof Busy && !isNewest) ? null : "nothing holds it up";
    }

    private void end(int which, RequestOutcome end) {
        if (open.isEmpty()) {
            return;
        }
        SentRequest sent = open.remove(which % open.size());
        ledger.recordOutcome(sent.name, end, LedgerUpdates.at(now), TokenLedgerContract.AT_MOST);
        holds.removeIf(hold -> hold.request.equals(sent.name));
        switch (end) {
            case Accepted() -> sent.granted.forEach((token, version) -> accepted.merge(token, version, Math::max));
            case TokenLedger.RefusedAlone _, TokenLedger.RefusedWithOthers _, NotApplied _ ->
                unconfirmed.values().forEach(versions -> versions.remove(sent.name));
            case Unknown(var until, boolean _) ->
                doubt(sent, (int) Duration.between(LedgerUpdates.at(0), until).toSeconds());
        }
    }

    /**
     * An outcome recorded after the lease, when another request has claimed the token, is too late to block anything.
     */
    private void doubt(SentRequest sent, int until) {
        mayHaveBeenAccepted(sent);
        sent.granted.forEach((token, version) -> {
            if (sent.name.equals(lastClaim.get(token))) {
                holds.add(new HeldVersion(token, version, true, until + CLOCKS, sent.name));
            }
        });
    }

    private void mayHaveBeenAccepted(SentRequest sent) {
        sent.granted.forEach((token, version) -> {
            if (sent.name.equals(lastClaim.get(token))) {
                unconfirmed.computeIfAbsent(token, _ -> new HashMap<>()).put(sent.name, version);
            }
        });
    }
}
