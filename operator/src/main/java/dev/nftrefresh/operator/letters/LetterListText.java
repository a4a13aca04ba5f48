package dev.nftrefresh.operator.letters;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The dead letters for people to read. */
final class LetterListText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String stack;
    private final LetterFilter filter;
    private final int width;

    LetterListText(String stack, LetterFilter filter, int width) {
        this.stack = stack;
        this.filter = filter;
        this.width = width;
    }

    String of(LetterListing listing) {
        var text = new StringBuilder(paragraph(heading(listing)));
        listing.groups().forEach(group -> text.append('\n').append(of(group)));
        text.append('\n').append(paragraph(LettersLeftText.of(listing.left(), "read")));
        listing.hidden().forEach((why, letters) -> text.append(paragraph(LettersLeftText.hidden(letters, why))));
        return text.toString();
    }

    private String heading(LetterListing listing) {
        String letters = Count.of(listing.matching(), "dead letter");
        String others = listing.read() == listing.matching()
                ? ""
                : "; " + Count.of(listing.read() - listing.matching(), "other");
        String interrupted = listing.interrupted() ? " (interrupted: these are those that were read until then)" : "";
        return "%s in %s%s%s%s.".formatted(letters, stack, filter.text(), others, interrupted);
    }

    private String of(LetterGroup group) {
        String tokens = group.tokens() == 0 ? "" : ", " + Count.of(group.tokens(), "token");
        var text = new StringBuilder(
                paragraph(group.key().reason() + ": " + Count.of(group.letters(), "letter") + tokens));
        text.append(field("collection", group.key().collection()));
        text.append(field("first seen", time(group.firstSeen()) + ", kept until " + DATE.format(group.keptUntil())));
        text.append(
                field("from", group.from().stream().map(LetterDestination::text).collect(Collectors.joining(" and "))));
        String name = "details";
        for (String detail : group.details()) {
            text.append(field(name, detail));
            name = "";
        }
        if (group.otherDetails() > 0) {
            text.append(field("", "and others, in " + Count.of(group.otherDetails(), "letter")));
        }
        return text.append(field("to do", group.key().reason().advice())).toString();
    }

    private String field(String name, String value) {
        return Paragraph.of("  %-12s".formatted(name), value, width);
    }

    private String paragraph(String text) {
        return Paragraph.of("", text, width);
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
