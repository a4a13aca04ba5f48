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
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.settled.SettledCount;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Compares what the reports of each file, and the notes that they are counted from, say of its tokens with what really became of them. */
final class FileJudge {
    /** A message that was received 30 times, 30 s apart, because its record fails is settled without one. */
    private static final Duration RECORDING_GIVEN_UP = Duration.ofMinutes(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlannedProducers producers;
    private final ReportedStore store;
    private final AppliedUpdates applied;
    private final SettledTokens settled;
    private final Duration clockOff;
    private final boolean mayLackRecords;
    private final HistoryFindings findings;

    FileJudge(
            PlannedProducers producers,
            ReportedStore store,
            AppliedUpdates applied,
            SettledTokens settled,
            FaultPlan faults,
            HistoryFindings findings) {
        this.producers = producers;
        this.store = store;
        this.applied = applied;
        this.settled = settled;
        this.clockOff = faults.copies().clockOff();
        this.mayLackRecords = faults.table().stream()
                .anyMatch(problem -> problem.period().lasts().compareTo(RECORDING_GIVEN_UP) >= 0);
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

    /** The updates of files that wait. */
    static Set<Integer> waiting(AdverseQueues queues) {
        var waiting = new HashSet<Integer>();
        queues.queues().bulk().held().forEach(message -> waiting.addAll(UpdateText.serials(message.body())));
        return waiting;
    }

    private static boolean isThrough(Uploaded file, Set<Integer> waiting) {
        return file.updates().stream().noneMatch(update -> waiting.contains(update.serial()));
    }

    void judge(Set<Integer> inLetters, Set<Integer> waiting) {
        for (Uploaded file : producers.uploads()) {
            judgeRecords(file, inLetters);
            List<Written> reports = reports(file);
            for (Written written : reports) {
                JsonNode report = read(written.text());
                if (!report.path("finished_at").isNull()) {
                    boolean isLast = written.equals(reports.getLast());
                    judge(file, written.at(), report, isLast && isThrough(file, waiting), inLetters);
                }
            }
        }
    }

    /** Looks at each token by itself: in a report, what is wrong with one may be made up for by another. */
    private void judgeRecords(Uploaded file, Set<Integer> inLetters) {
        String id = SettledTokens.fileId(
                file.id().bucket(),
                file.id().key(),
                Objects.requireNonNull(file.id().version()));
        SettledCount before = SettledCount.NONE;
        for (int element = 0; element < file.elements(); element++) {
            SettledCount with = count(id, element);
            ProducedUpdate update = file.update(element);
            long accepted = with.accepted() - before.accepted();
            long superseded = with.superseded() - before.superseded();
            long deadLettered = with.deadLettered() - before.deadLettered();
            boolean isTrue = accepted + superseded + deadLettered == 0
                    || (update != null
                            && isQueued(update)
                            && accepted + superseded + deadLettered == 1
                            && (accepted == 0 || isAccepted(update, Instant.MAX))
                            && (superseded == 0 || isSuperseded(update, Instant.MAX))
                            && (deadLettered == 0 || isInLetter(update, inLetters)));
            if (!isTrue) {
                findings.add(
                        JudgementKind.REPORTS_ARE_TRUE,
                        "Of %s, element %d (%s) is recorded as %d accepted, %d superseded, %d dead-lettered, which is not true"
                                .formatted(
                                        file.id(),
                                        element,
                                        update == null ? "damaged" : "update " + update.serial(),
                                        accepted,
                                        superseded,
                                        deadLettered));
            }
            before = with;
        }
    }

    private SettledCount count(String file, int last) {
        try {
            return settled.count(file, last, Duration.ZERO);
        } catch (TableUnavailableException e) {
            throw new IllegalStateException("This table always answers.", e);
        }
    }

    private void judge(Uploaded file, Instant at, JsonNode report, boolean isThrough, Set<Integer> inLetters) {
        int queued = report.path("tokens_queued").asInt();
        List<ProducedUpdate> ofFile = file.updates().stream()
                .filter(FileJudge::isQueued)
                .limit(queued)
                .toList();
        int accepted = report.path("tokens_accepted").asInt(-1);
        int superseded = report.path("tokens_superseded").asInt(-1);
        int deadLettered = report.path("tokens_dead_lettered").asInt(-1);
        int all = accepted + superseded + deadLettered;
        Predicate<ProducedUpdate> isAccepted = update -> isAccepted(update, at);
        Predicate<ProducedUpdate> isSuperseded = update -> isSuperseded(update, at);
        Predicate<ProducedUpdate> isInLetter = update -> isInLetter(update, inLetters);
        boolean isSettled = report.has("settled_at");
        // Each update has one of these outcomes. So for all of them, these are bounds from below too.
        boolean isTrue = ofFile.size() == queued
                && isSettled == (all == queued)
                && accepted >= 0
                && accepted <= count(ofFile, isAccepted)
                && superseded >= 0
                && superseded <= count(ofFile, isSuperseded)
                && deadLettered >= 0
                && deadLettered <= count(ofFile, isInLetter)
                && accepted + superseded <= count(ofFile, isAccepted.or(isSuperseded))
                && accepted + deadLettered <= count(ofFile, isAccepted.or(isInLetter))
                && superseded + deadLettered <= count(ofFile, isSuperseded.or(isInLetter))
                && all <= count(ofFile, isAccepted.or(isSuperseded).or(isInLetter))
                && (!isSettled || isSettledInTime(report, at, ofFile, inLetters));
        if (!isTrue || (isThrough && !isSettled && !mayLackRecords)) {
            findings.add(
                    JudgementKind.REPORTS_ARE_TRUE,
                    ("Of %s, with %d updates, %d were applied, %d may have been superseded, %d were in letters, %s; "
                                    + "its report of %s says %s")
                            .formatted(
                                    file.id(),
                                    ofFile.size(),
                                    count(ofFile, isAccepted),
                                    count(ofFile, isSuperseded),
                                    count(ofFile, isInLetter),
                                    isThrough ? "none waits" : "some wait",
                                    at,
                                    report));
        }
    }

    /** Whether the end that it tells is neither before the last of its tokens could be settled nor after the report. */
    private boolean isSettledInTime(JsonNode report, Instant at, List<ProducedUpdate> ofFile, Set<Integer> inLetters) {
        Instant settledAt = Instant.parse(report.path("settled_at").asText());
        Instant earliest = ofFile.stream()
                .filter(update -> !isInLetter(update, inLetters))
                .map(this::firstSent)
                .max(Instant::compareTo)
                .orElse(VirtualTime.START);
        return !settledAt.isAfter(at.plus(clockOff)) && !settledAt.isBefore(earliest.minus(clockOff));
    }

    /** When the first request went by which it, or what is not older, was applied. */
    private Instant firstSent(ProducedUpdate update) {
        return applied.of(update.token()).stream()
                .filter(application -> !update.isNewerThan(application.update()))
                .map(application -> application.by().sentAt)
                .min(Instant::compareTo)
                .orElse(VirtualTime.START);
    }

    /** Whether the loader makes a message of it. */
    private static boolean isQueued(ProducedUpdate update) {
        return update.fault() != TokenFault.INVALID && !update.isTooLarge();
    }

    private static long count(List<ProducedUpdate> ofFile, Predicate<ProducedUpdate> what) {
        return ofFile.stream().filter(what).count();
    }

    /** Whether a request by which it was applied went before that. */
    private boolean isAccepted(ProducedUpdate update, Instant before) {
        return applied.of(update.token()).stream()
                .anyMatch(application -> application.update().serial() == update.serial()
                        && application.by().sentAt.isBefore(before));
    }

    /** Of the same time may be one that is newer by its place in a file. */
    private boolean isSuperseded(ProducedUpdate update, Instant before) {
        return applied.of(update.token()).stream()
                .anyMatch(application -> application.update().serial() != update.serial()
                        && !update.isNewerThan(application.update())
                        && application.by().sentAt.isBefore(before));
    }

    private boolean isInLetter(ProducedUpdate update, Set<Integer> inLetters) {
        return inLetters.contains(update.serial()) || producers.redriven().containsKey(update.serial());
    }

    /** Beside a newer file's, or in its own place before the newer file was there. */
    private List<Written> reports(Uploaded file) {
        String under = "reports/" + file.id().key().substring("incoming/".length());
        List<Uploaded> uploads = producers.uploads();
        int place = uploads.indexOf(file);
        boolean isReplacement = uploads.subList(0, place).stream().anyMatch(file::hasSameKey);
        Instant replaced = uploads.subList(place + 1, uploads.size()).stream()
                .filter(file::hasSameKey)
                .map(Uploaded::at)
                .findFirst()
                .orElse(Instant.MAX);
        String beside = under + "." + file.id().version() + ".report.json";
        return store.reports().stream()
                .filter(written -> written.key().equals(beside)
                        || (written.key().equals(under + ".report.json")
                                && !written.at().isBefore(file.at())
                                && written.at().isBefore(replaced)
                                && !(isReplacement && mayBeOfEarlier(file, written))))
                .toList();
    }

    /** The loader may have looked for a newer file just before that was there. */
    private boolean mayBeOfEarlier(Uploaded file, Written written) {
        Instant startedAt =
                Instant.parse(read(written.text()).path("started_at").asText());
        return !startedAt.isAfter(file.at().plus(clockOff));
    }

    private static JsonNode read(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(report, e);
        }
    }
}
