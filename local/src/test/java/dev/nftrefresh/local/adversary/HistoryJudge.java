package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.AppliedUpdates.AppliedUpdate;
import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.sqs.SimulatedQueue.HeldMessage;
import dev.nftrefresh.settled.SettledTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what the API really applied and what the queues really hold when a history is over. */
final class HistoryJudge {
    private final HistoryPlan plan;
    private final ProducedUpdates updates;
    private final AppliedUpdates applied;
    private final PlannedProducers producers;
    private final AdverseQueues queues;
    private final ReportedStore store;
    private final LetterJudge letters;
    private final HistoryFindings findings;

    HistoryJudge(
            HistoryPlan plan,
            ProducedUpdates updates,
            AppliedUpdates applied,
            PlannedProducers producers,
            AdverseQueues queues,
            ReportedStore store,
            HistoryFindings findings) {
        this.plan = plan;
        this.updates = updates;
        this.applied = applied;
        this.producers = producers;
        this.queues = queues;
        this.store = store;
        this.findings = findings;
        letters = new LetterJudge(updates, applied, producers.hostile(), producers.redriven(), plan.bounds(), findings);
    }

    /**
     * Judges.
     *
     * @param settled what the table says of the tokens of files
     * @param waitingOfFiles the updates of files that waited when the history ended
     */
    void judge(SettledTokens settled, Set<Integer> waitingOfFiles) {
        List<HeldMessage> left = queues.queues().deadLetters().held();
        Map<Integer, List<String>> rejected = letters.judge(left);
        Set<Integer> waiting = judgeWaiting(rejected.keySet());
        Set<Integer> inReports = judgeReports();
        for (ProducedUpdate update : updates.all()) {
            if (!isSettled(update) && !rejected.containsKey(update.serial())) {
                judgeUnsettled(update, waiting, inReports);
            }
        }
        new FileJudge(producers, store, applied, settled, plan.faults(), findings)
                .judge(rejected.keySet(), waitingOfFiles);
        judgeLiveWait();
        for (String token : applied.tokens()) {
            judgeOrder(token, rejected.keySet());
        }
    }

    /** Whether it was accepted, or a newer one. */
    private boolean isSettled(ProducedUpdate update) {
        return applied.of(update.token()).stream().anyMatch(application -> !update.isNewerThan(application.update()));
    }

    /** How long each good live update waited until it was applied, or a newer one. */
    private void judgeLiveWait() {
        Duration longest = plan.bounds().liveWait();
        if (longest.equals(HistoryBounds.NONE.liveWait())) {
            return;
        }
        for (int serial : producers.live()) {
            ProducedUpdate update = updates.get(serial);
            Instant bound = update.firstSent().plus(longest);
            boolean inTime = applied.of(update.token()).stream()
                    .anyMatch(application -> !update.isNewerThan(application.update())
                            && !application.at().isAfter(bound));
            if (!inTime && update.fault() == TokenFault.NONE && isJudged(update)) {
                findings.add(
                        JudgementKind.GETS_THROUGH,
                        "The live update %d was not applied within %s, but %s."
                                .formatted(
                                        serial,
                                        longest,
                                        applied.of(update.token()).stream()
                                                .filter(application -> !update.isNewerThan(application.update()))
                                                .findFirst()
                                                .map(application -> "after "
                                                        + Duration.between(update.firstSent(), application.at()))
                                                .orElse("never")));
            }
        }
    }

    private boolean isJudged(ProducedUpdate update) {
        int collection = plan.bounds().liveCollection();
        return collection == ApiTrouble.ALL || update.token().startsWith(collection + "/");
    }

    private void judgeUnsettled(ProducedUpdate update, Set<Integer> waiting, Set<Integer> inReports) {
        int serial = update.serial();
        if (!waiting.contains(serial)
                && !inReports.contains(serial)
                && !producers.inLostFiles().contains(serial)) {
            findings.add(
                    JudgementKind.NOTHING_LOST,
                    "Update " + serial + " of token " + update.token() + " (" + update.fault() + ") is nowhere.");
        }
    }

    private Set<Integer> judgeWaiting(Set<Integer> rejected) {
        var waiting = new HashSet<Integer>();
        var reported = new ArrayList<String>();
        for (SimulatedQueue queue :
                List.of(queues.live(), queues.queues().bulk(), queues.queues().files())) {
            for (HeldMessage message : queue.held()) {
                List<Integer> serials = UpdateText.serials(message.body());
                waiting.addAll(serials);
                if (!plan.bounds().untilExpired()
                        && !serials.isEmpty()
                        && serials.stream()
                                .allMatch(serial -> waitsForPoison(serial) || waitsForLetter(serial, rejected))) {
                    continue;
                }
                var faults = serials.stream()
                        .map(serial -> updates.get(serial).fault())
                        .collect(Collectors.toCollection(TreeSet::new));
                reported.add("%d receives, %d updates %s, of which %s should be settled"
                        .formatted(
                                message.receiveCount(),
                                serials.size(),
                                faults,
                                serials.stream()
                                        .filter(serial -> !waitsForPoison(serial))
                                        .limit(8)
                                        .toList()));
            }
        }
        if (!reported.isEmpty()) {
            findings.add(
                    JudgementKind.GETS_THROUGH,
                    "%s after the world was well, %d messages still wait: %s"
                            .formatted(
                                    SettlingTime.of(plan),
                                    reported.size(),
                                    reported.subList(0, Math.min(3, reported.size()))));
        }
        return waiting;
    }

    /**
     * It fails alone for ever, is settled in a message that waits for one that does, or waits for a newer update of its
     * token that does: that one may have been applied.
     */
    private boolean waitsForPoison(int serial) {
        ProducedUpdate update = updates.get(serial);
        return isPoisonedForever(serial)
                || isSettled(update)
                || othersNotOlder(update).anyMatch(other -> isPoisonedForever(other.serial()));
    }

    /**
     * Another update of its token, not an older one, was rejected and may have been applied: it waits a day for the
     * outcome.
     */
    private boolean waitsForLetter(int serial, Set<Integer> rejected) {
        return othersNotOlder(updates.get(serial)).anyMatch(other -> rejected.contains(other.serial()));
    }

    /** Of two of the same time the hash of their content decides. */
    private Stream<ProducedUpdate> othersNotOlder(ProducedUpdate update) {
        return updates.all().stream()
                .filter(other -> other.serial() != update.serial()
                        && other.token().equals(update.token())
                        && !update.isNewerThan(other));
    }

    private boolean isPoisonedForever(int serial) {
        return plan.faults().api().poisons(updates.get(serial).fault(), true);
    }

    private Set<Integer> judgeReports() {
        var serials = new HashSet<Integer>();
        for (ReportedStore.Written written : store.reports()) {
            String text = written.text();
            if (AdverseSecret.isIn(text)) {
                findings.add(JudgementKind.KEY_STAYS_SECRET, "The key stands in a report: " + text);
            }
            serials.addAll(UpdateText.serials(text.replace("\\\"", "\"")));
        }
        return serials;
    }

    /** No older update is applied after a newer one, not even for the time until the newer one is applied again. */
    private void judgeOrder(String token, Set<Integer> rejected) {
        AppliedUpdate newest = applied.of(token).getFirst();
        AppliedUpdate undone = newest;
        AppliedUpdate older = null;
        for (AppliedUpdate application : applied.of(token)) {
            if (!newest.update().isNewerThan(application.update())) {
                newest = application;
            } else if (!isADayAfterUnacknowledged(newest, application, rejected)
                    && (older == null || older.isUnheardAndLate())) {
                undone = newest;
                older = application;
            }
        }
        if (older == null) {
            return;
        }
        if (plan.faults().copies().hasWildClocks() || older.isUnheardAndLate()) {
            findings.countApart();
        } else {
            findings.add(
                    JudgementKind.NOTHING_UNDONE,
                    "Token %s: update %d of %s (request %d, %s) was undone at %s by update %d of %s (request %d, %s)."
                            .formatted(
                                    token,
                                    undone.update().serial(),
                                    undone.update().version(),
                                    undone.by().number,
                                    undone.by().isAcknowledged() ? "heard" : "unheard",
                                    older.at(),
                                    older.update().serial(),
                                    older.update().version(),
                                    older.by().number,
                                    older.by().isAcknowledged() ? "heard" : "unheard"));
        }
    }

    /**
     * An older update waits a day for one that was sent and may have been applied without an answer. That
     * one is sent again itself then, unless it was rejected, or waits for one that fails forever.
     */
    private boolean isADayAfterUnacknowledged(AppliedUpdate newer, AppliedUpdate older, Set<Integer> rejected) {
        return !newer.by().isAcknowledged()
                && older.at().isAfter(newer.by().sentAt.plus(Duration.ofDays(1)))
                && (rejected.contains(newer.update().serial())
                        || othersNotOlder(newer.update()).anyMatch(other -> isPoisonedForever(other.serial()))
                        || !older.equals(applied.of(older.update().token()).getLast()));
    }
}
