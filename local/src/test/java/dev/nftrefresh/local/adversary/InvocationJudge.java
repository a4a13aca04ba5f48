package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;

/** Looks at what each invocation took. */
final class InvocationJudge {
    /** Lines of a log: those that every invocation may write, and a hundred refusals of a message with their count. */
    private static final long LINES = 300;

    private static final long LINES_A_MESSAGE = 110;
    /**
     * For each request a read and a write of rate limiter, ledger (twice) and waiting updates; and what happens without
     * any.
     */
    private static final int TABLE_CALLS_A_REQUEST = 16;

    /** Four steps of the rate limiter in each second of an invocation that can only wait. */
    private static final int TABLE_CALLS = 250;

    private static final int MOST_SPINNING = 3;

    private final HistoryFindings findings;
    private long tableCalls;
    private long invocations;
    private int spinning;

    InvocationJudge(HistoryFindings findings) {
        this.findings = findings;
    }

    void judge(CopyLife copy, int messages, String log) {
        invocations++;
        tableCalls += copy.tableCalls();
        long lines = log.lines().count();
        if (lines > LINES + LINES_A_MESSAGE * messages) {
            findings.add(
                    JudgementKind.WITHIN_BOUNDS,
                    "An invocation of %s with %d messages wrote %d lines into its log."
                            .formatted(copy.name(), messages, lines));
        }
        if (AdverseSecret.isIn(log)) {
            findings.add(
                    JudgementKind.KEY_STAYS_SECRET,
                    "The key stands in the log: "
                            + log.lines()
                                    .filter(AdverseSecret::isIn)
                                    .findFirst()
                                    .orElse(""));
        }
        if (copy.tableCalls() > TABLE_CALLS + TABLE_CALLS_A_REQUEST * copy.requests() + messages) {
            spinning++;
            findings.add(
                    JudgementKind.DOES_NOT_BURN,
                    "An invocation of %s with %d messages made %d requests and called the table %d times."
                            .formatted(copy.name(), messages, copy.requests(), copy.tableCalls()));
        }
    }

    void ranIntoDeadline(CopyLife copy) {
        findings.add(JudgementKind.WITHIN_BOUNDS, "An invocation of " + copy.name() + " ran into its deadline.");
    }

    /** Whether so much spins that continuing would take long and show nothing new. */
    boolean isHopeless() {
        return spinning >= MOST_SPINNING;
    }

    long tableCalls() {
        return tableCalls;
    }

    long invocations() {
        return invocations;
    }
}
