package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.sqs.SimulatedQueue.HeldMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Checks the dead letters: whether they are true and complete. */
final class LetterJudge {
    /**
     * Less than the 13 days by the longest wait, and the day that a producer may claim: what would come back after them
     * is given up before. Where many tokens fail and few requests are granted, a place in line is days away.
     */
    private static final Duration LEAST_AGE = Duration.ofDays(10);

    private static final Duration PATIENCE_NOT_FOUND = Duration.ofHours(1);
    private static final Duration PATIENCE_FORBIDDEN = Duration.ofHours(24);

    private final ProducedUpdates updates;
    private final AppliedUpdates applied;
    private final Map<String, HostileContent> hostile;
    private final Map<Integer, Instant> redriven;
    private final HistoryBounds bounds;
    private final HistoryFindings findings;

    LetterJudge(
            ProducedUpdates updates,
            AppliedUpdates applied,
            Map<String, HostileContent> hostile,
            Map<Integer, Instant> redriven,
            HistoryBounds bounds,
            HistoryFindings findings) {
        this.updates = updates;
        this.applied = applied;
        this.hostile = hostile;
        this.redriven = redriven;
        this.bounds = bounds;
        this.findings = findings;
    }

    /** The reasons of each update that is in a letter. */
    Map<Integer, List<String>> judge(List<HeldMessage> letters) {
        var reasons = new HashMap<Integer, List<String>>();
        var missing = new HashSet<>(hostile.keySet());
        for (HeldMessage letter : letters) {
            if (AdverseSecret.isIn(letter.body() + letter.attributes())) {
                findings.add(JudgementKind.KEY_STAYS_SECRET, "The key stands in a dead letter: " + letter.attributes());
            }
            String source = letter.attributes().getOrDefault("SourceMessageId", "");
            String reason = letter.attributes().getOrDefault("RejectReason", "");
            missing.remove(source);
            HostileContent kind = hostile.get(source);
            if (kind != null && !kind.deserves(reason)) {
                findings.add(JudgementKind.NOTHING_LOST, kind + " was rejected for " + letter.attributes());
            }
            for (int serial : UpdateText.serials(letter.body())) {
                reasons.computeIfAbsent(serial, _ -> new ArrayList<>()).add(reason);
                judge(updates.get(serial), reason, letter);
            }
        }
        if (!missing.isEmpty()) {
            var kinds = missing.stream().map(hostile::get).toList();
            findings.add(JudgementKind.NOTHING_LOST, "Hostile messages are not in the dead-letter queue: " + kinds);
        }
        return reasons;
    }

    private void judge(ProducedUpdate update, String reason, HeldMessage letter) {
        String status = letter.attributes().getOrDefault("HttpStatus", "");
        int collection =
                Integer.parseInt(update.token().substring(0, update.token().indexOf('/')));
        Instant again = redriven.getOrDefault(update.serial(), Instant.MAX);
        Instant begin = again.isBefore(letter.sentAt()) ? again : update.firstSent();
        Duration age = Duration.between(begin, letter.sentAt());
        boolean isTrue = switch (reason) {
            case "INVALID_TOKEN" -> update.fault() == TokenFault.INVALID;
            case "TOKEN_TOO_LARGE" -> update.isTooLarge();
            case "REFUSED_BY_API" ->
                status.equals("400")
                        ? applied.wasRefusedAlone(update.serial())
                        : applied.wasAnswered(collection, 403, PATIENCE_FORBIDDEN, letter.sentAt());
            case "COLLECTION_NOT_FOUND" -> applied.wasAnswered(collection, 404, PATIENCE_NOT_FOUND, letter.sentAt());
            case "EXPIRED" -> age.compareTo(LEAST_AGE) >= 0 && age.compareTo(bounds.expiredAge()) <= 0;
            default -> false;
        };
        if (!isTrue) {
            JudgementKind judgement =
                    reason.equals("REFUSED_BY_API") ? JudgementKind.REQUESTS_CONFORM : JudgementKind.NOTHING_LOST;
            findings.add(
                    judgement,
                    "Update %d (%s) was rejected after %s, which is not true: %s"
                            .formatted(update.serial(), update.fault(), age, letter.attributes()));
        }
    }
}
