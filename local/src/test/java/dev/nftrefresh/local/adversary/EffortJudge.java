package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Compares what a history took with what it needed. */
final class EffortJudge {
    private final HistoryPlan plan;
    private final ProducedUpdates updates;
    private final AppliedUpdates applied;
    private final HistoryFindings findings;

    EffortJudge(HistoryPlan plan, ProducedUpdates updates, AppliedUpdates applied, HistoryFindings findings) {
        this.plan = plan;
        this.updates = updates;
        this.applied = applied;
        this.findings = findings;
    }

    void judge(AdverseApi api, List<QueueFeed> feeds, Duration lasted) {
        // What must be tried again is, at first some times an hour. While the whole API fails, one request finds out
        // whether it is back, at most each 30 s; with some messages that is about once a minute.
        long tries = 8L * updates.all().size() / 10 + 60 * lasted.toHours();
        long bound = Math.min(plan.bounds().requests(), 60 + 4 * SettlingTime.requests(plan) + tries);
        if (api.requests() > bound) {
            findings.add(
                    JudgementKind.DOES_NOT_BURN,
                    "It took %d requests, and %d should do.".formatted(api.requests(), bound));
        }
        // Where nothing tells when the quota opens, it is found out by asking, again and again for each unit of a slow
        // one.
        long unavoidable = plan.faults().api().form().tellsNoTime() ? bound * 9 / 10 : bound / 10;
        long throttled = Math.min(plan.bounds().throttled(), 30 + unavoidable + 8 * lasted.toHours());
        if (api.throttled() > throttled) {
            findings.add(
                    JudgementKind.DOES_NOT_BURN,
                    "%d of %d requests were throttled, and %d should be the most."
                            .formatted(api.throttled(), api.requests(), throttled));
        }
        judge("Requests in two seconds", api.mostInTwoSeconds(), plan.bounds().inTwoSeconds());
        judge(
                "Lone refusals that were known before",
                applied.repeatedLoneRefusals(),
                plan.bounds().repeatedRefusals());
        for (QueueFeed feed : feeds) {
            judge(feed.receives(), lasted);
        }
    }

    private void judge(String what, long most, long bound) {
        if (most > bound) {
            findings.add(
                    JudgementKind.DOES_NOT_BURN, "%s: %d, and %d should be the most.".formatted(what, most, bound));
        }
    }

    private void judge(Map<String, Integer> receives, Duration lasted) {
        int most = receives.isEmpty() ? 0 : Collections.max(receives.values());
        // Copies whose clocks are minutes apart do not agree when the next probe of an API that fails is due.
        int anHour = plan.faults().copies().hasWildClocks() ? 16 : 8;
        // Under a small quota each question of a search may take a receive of its own.
        long bound = Math.min(plan.bounds().receives(), 100 + anHour * lasted.toHours() + SettlingTime.refused(plan));
        if (most > bound) {
            findings.add(
                    JudgementKind.DOES_NOT_BURN,
                    "A message was received %d times, and %d should do.".formatted(most, bound));
        }
    }
}
