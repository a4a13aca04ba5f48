package dev.nftrefresh.operator.letters;

import static dev.nftrefresh.operator.ReadableTime.count;

import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;

/** What a redrive has done, for people to read. */
final class RedriveText {
    private final String stack;
    private final LetterFilter filter;
    private final TextReport report;

    RedriveText(String stack, LetterFilter filter, TerminalOutput terminal) {
        this.stack = stack;
        this.filter = filter;
        report = new TextReport(terminal);
    }

    String of(RedriveResult result) {
        if (result.failure() != null && result.read() == 0) {
            return ""; // the failure says it all
        }
        report.paragraph(
                Tone.STRONG,
                (result.dryRun() ? "Dry run, nothing is changed. %s of %s%s would go back." : "%s of %s%s went back.")
                        .formatted(count(result.letters(), "dead letter"), stack, filter.text()));
        result.went()
                .forEach((went, letters) -> report.indented("%s: %s to %s"
                        .formatted(
                                went.reason(),
                                count(letters, "letter"),
                                went.to().text())));
        addStayed(result);
        result.unsent()
                .forEach((why, letters) -> report.paragraph(
                        Tone.BAD,
                        "SQS did not take %s: %s".formatted(count(letters, "letter"), LettersLeftText.sentence(why))));
        result.undeleted()
                .forEach((why, letters) -> report.paragraph(
                        Tone.CAUTION,
                        "%s went back and could not be deleted here: %s The next redrive sends them again, which changes nothing, since their version is the same."
                                .formatted(count(letters, "letter"), LettersLeftText.sentence(why))));
        result.hidden().forEach((why, letters) -> report.paragraph(Tone.CAUTION, LettersLeftText.hidden(letters, why)));
        addEnd(result);
        return report.toString();
    }

    private void addStayed(RedriveResult result) {
        long stay = RedriveResult.total(result.stayed()) + result.unmatchedLetters();
        if (stay == 0) {
            return;
        }
        report.paragraph(
                Tone.PLAIN,
                count(stay, "letter") + (result.dryRun() ? " would stay:" : stay == 1 ? " stays:" : " stay:"));
        result.stayed()
                .forEach((what, letters) -> report.indented("%s: %s, %s"
                        .formatted(
                                what.reason(),
                                count(letters, "letter"),
                                switch (what.why()) {
                                    case NEEDS_ITS_REASON ->
                                        "only with --reason " + what.reason() + ", once the mistake is fixed";
                                    case ARRIVED_LATER -> "too young: not older than this redrive";
                                })));
        if (result.unmatchedLetters() > 0) {
            report.indented(count(result.unmatchedLetters(), "letter") + " of other reasons or contracts");
        }
    }

    private void addEnd(RedriveResult result) {
        if (result.interrupted()) {
            report.paragraph(Tone.CAUTION, "Interrupted: what had not gone back stays. Repeat the command to go on.");
        } else if (result.failure() != null) {
            report.paragraph(Tone.BAD, "It ended early: what had not gone back stays. Repeat the command to go on.");
        } else {
            report.paragraph(Tone.PLAIN, LettersLeftText.of(result.left()));
        }
    }
}
