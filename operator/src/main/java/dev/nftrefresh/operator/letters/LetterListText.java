package dev.nftrefresh.operator.letters;

import static dev.nftrefresh.operator.ReadableTime.count;

import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;
import java.time.Instant;
import java.util.stream.Collectors;

/** The dead letters for people to read. */
final class LetterListText {
    private final String stack;
    private final LetterFilter filter;
    private final Instant now;
    private final TextReport report;

    LetterListText(String stack, LetterFilter filter, Instant now, TerminalOutput terminal) {
        this.stack = stack;
        this.filter = filter;
        this.now = now;
        report = new TextReport(terminal);
    }

    String of(LetterListing listing) {
        if (listing.failure() == null || listing.read() > 0) {
            report.paragraph(Tone.STRONG, heading(listing));
            listing.groups().forEach(this::add);
            report.blank().paragraph(listing.failure() == null ? Tone.PLAIN : Tone.BAD, end(listing));
        }
        listing.hidden()
                .forEach((why, letters) -> report.paragraph(Tone.CAUTION, LettersLeftText.hidden(letters, why)));
        return report.toString();
    }

    private static String end(LetterListing listing) {
        if (listing.failure() != null) {
            return "It ended early: these are the letters that were read until then.";
        }
        return listing.interrupted()
                ? "Interrupted: these are the letters that were read until then."
                : LettersLeftText.of(listing.left());
    }

    private String heading(LetterListing listing) {
        long others = listing.read() - listing.matching();
        return "%s in %s%s%s."
                .formatted(
                        count(listing.matching(), "dead letter"),
                        stack,
                        filter.text(),
                        others == 0 ? "" : ", beside " + count(others, "other"));
    }

    private void add(LetterGroup group) {
        String tokens = group.tokens() == 0 ? "" : ", " + count(group.tokens(), "token");
        report.blank()
                .paragraph(Tone.STRONG, group.key().reason() + ": " + count(group.letters(), "letter") + tokens)
                .row("collection", group.key().collection())
                .row("first seen", ReadableTime.past(group.firstSeen(), now))
                .row("kept until", ReadableTime.time(group.keptUntil(), now))
                .row("goes to", group.to().stream().map(LetterDestination::text).collect(Collectors.joining(" and ")));
        String label = "details";
        for (String detail : group.details()) {
            report.row(label, detail);
            label = "";
        }
        if (group.otherDetails() > 0) {
            report.row("", "and others, in " + count(group.otherDetails(), "letter"));
        }
        report.row("to do", group.key().reason().advice());
    }
}
