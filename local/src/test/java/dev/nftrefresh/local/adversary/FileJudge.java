package dev.nftrefresh.local.adversary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import dev.nftrefresh.local.adversary.PlannedProducers.Uploaded;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.adversary.ReportedStore.Written;
import dev.nftrefresh.local.sqs.SimulatedQueue.HeldMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what the report of each file says at last of its tokens with what really became of them. */
final class FileJudge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlannedProducers producers;
    private final ReportedStore store;
    private final AppliedUpdates applied;
    private final AdverseQueues queues;
    private final HistoryFindings findings;

    FileJudge(
            PlannedProducers producers,
            ReportedStore store,
            AppliedUpdates applied,
            AdverseQueues queues,
            HistoryFindings findings) {
        this.producers = producers;
        this.store = store;
        this.applied = applied;
        this.queues = queues;
        this.findings = findings;
    }

    /** Whether the notice of a file waits for its tokens to be settled, of which none waits any more. */
    static boolean isToBeSettled(AdverseQueues queues, PlannedProducers producers) {
        List<HeldMessage> notices = queues.queues().settling().held();
        if (notices.isEmpty()) {
            return false;
        }
        Set<Integer> waiting = waiting(queues);
        return producers.uploads().stream()
                .filter(file ->
                        notices.stream().anyMatch(notice -> notice.body().contains(nameIn(file))))
                .anyMatch(file -> isThrough(file, waiting));
    }

    private static String nameIn(Uploaded file) {
        return "\"versionId\":\"" + file.id().version() + '"';
    }

    private static Set<Integer> waiting(AdverseQueues queues) {
        var waiting = new HashSet<Integer>();
        queues.queues().bulk().held().forEach(message -> waiting.addAll(UpdateText.serials(message.body())));
        return waiting;
    }

    private static boolean isThrough(Uploaded file, Set<Integer> waiting) {
        return file.updates().stream().noneMatch(update -> waiting.contains(update.serial()));
    }

    void judge(Set<Integer> inLetters) {
        Set<Integer> waiting = waiting(queues);
        for (Uploaded file : producers.uploads()) {
            JsonNode report = lastReport(file);
            if (report != null && !report.path("finished_at").isNull()) {
                judge(file, report, isThrough(file, waiting), inLetters);
            }
        }
    }

    private void judge(Uploaded file, JsonNode report, boolean isThrough, Set<Integer> inLetters) {
        int queued = report.path("tokens_queued").asInt();
        List<ProducedUpdate> ofFile = file.updates().stream()
                .filter(update -> update.fault() != TokenFault.INVALID && !update.isTooLarge())
                .limit(queued)
                .toList();
        int accepted = report.path("tokens_accepted").asInt(-1);
        int superseded = report.path("tokens_superseded").asInt(-1);
        int deadLettered = report.path("tokens_dead_lettered").asInt(-1);
        boolean isSettled = report.has("settled_at");
        boolean isTrue = ofFile.size() == queued
                && accepted + superseded + deadLettered <= queued
                && isSettled == (accepted + superseded + deadLettered == queued)
                && accepted <= count(ofFile, this::isAccepted)
                && superseded <= count(ofFile, this::isSuperseded)
                && deadLettered <= count(ofFile, update -> isInLetter(update, inLetters));
        if (!isTrue || (isThrough && !isSettled)) {
            findings.add(
                    JudgementKind.REPORTS_ARE_TRUE,
                    ("Of %s, with %d updates, %d were applied, %d may have been superseded, %d were in letters, %s; "
                                    + "its report says %s")
                            .formatted(
                                    file.id(),
                                    ofFile.size(),
                                    count(ofFile, this::isAccepted),
                                    count(ofFile, this::isSuperseded),
                                    count(ofFile, update -> isInLetter(update, inLetters)),
                                    isThrough ? "none waits" : "some wait",
                                    report));
        }
    }

    private static long count(List<ProducedUpdate> ofFile, Predicate<ProducedUpdate> what) {
        return ofFile.stream().filter(what).count();
    }

    private boolean isAccepted(ProducedUpdate update) {
        return applied.of(update.token()).stream()
                .anyMatch(application -> application.update().serial() == update.serial());
    }

    /** Of the same time may be one that is newer by its place in a file. */
    private boolean isSuperseded(ProducedUpdate update) {
        return applied.of(update.token()).stream()
                .anyMatch(application ->
                        application.update().serial() != update.serial() && !update.isNewerThan(application.update()));
    }

    private boolean isInLetter(ProducedUpdate update, Set<Integer> inLetters) {
        return inLetters.contains(update.serial()) || producers.redriven().containsKey(update.serial());
    }

    /** Beside a newer file's, or in its own place before the newer file was there. */
    private @Nullable JsonNode lastReport(Uploaded file) {
        String under = "reports/" + file.id().key().substring("incoming/".length());
        Instant replaced = producers.uploads().stream()
                .filter(other ->
                        other.id().key().equals(file.id().key()) && other.at().isAfter(file.at()))
                .map(Uploaded::at)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        String last = null;
        boolean beside = false;
        for (Written written : store.reports()) {
            boolean isBeside = written.key().equals(under + "." + file.id().version() + ".report.json");
            boolean isOwn = written.key().equals(under + ".report.json")
                    && !written.at().isBefore(file.at())
                    && written.at().isBefore(replaced);
            if (isBeside || (isOwn && !beside)) {
                last = written.text();
                beside |= isBeside;
            }
        }
        return last == null ? null : read(last);
    }

    private static JsonNode read(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(report, e);
        }
    }
}
