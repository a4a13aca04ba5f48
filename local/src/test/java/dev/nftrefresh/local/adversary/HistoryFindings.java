package dev.nftrefresh.local.adversary;

import java.util.ArrayList;
import java.util.List;

/** What a history did wrong; added to by many threads. */
final class HistoryFindings {
    private static final int MOST = 50;

    /** By what a history is judged. */
    enum JudgementKind {
        NOTHING_LOST,
        NOTHING_UNDONE,
        REQUESTS_CONFORM,
        GETS_THROUGH,
        DOES_NOT_BURN,
        WITHIN_BOUNDS,
        KEY_STAYS_SECRET,
        REPORTS_ARE_TRUE
    }

    /**
     * Something wrong.
     *
     * @param what a sentence
     */
    record HistoryFinding(JudgementKind judgement, String what) {
        @Override
        public String toString() {
            return judgement + ": " + what;
        }
    }

    private final List<HistoryFinding> all = new ArrayList<>();
    private int undoneApart;

    synchronized void add(JudgementKind judgement, String what) {
        if (all.size() < MOST) {
            all.add(new HistoryFinding(judgement, what));
        }
    }

    /** A token was overwritten by an older update where that is allowed. */
    synchronized void countApart() {
        undoneApart++;
    }

    synchronized int undoneApart() {
        return undoneApart;
    }

    synchronized List<HistoryFinding> all() {
        return List.copyOf(all);
    }
}
