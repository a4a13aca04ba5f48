package dev.nftrefresh.operator.letters;

import java.util.Locale;

/** What a redrive has done, for people to read. */
final class RedriveText {
    private final String stack;
    private final LetterFilter filter;
    private final int width;

    RedriveText(String stack, LetterFilter filter, int width) {
        this.stack = stack;
        this.filter = filter;
        this.width = width;
    }

    String of(RedriveResult result) {
        var text = new StringBuilder();
        String letters = Count.of(result.letters(), "dead letter");
        text.append(paragraph(
                result.dryRun()
                        ? "Dry run, nothing is changed. It would send back %s of %s%s."
                                .formatted(letters, stack, filter.text())
                        : "Sent back %s of %s%s.".formatted(letters, stack, filter.text())));
        result.went()
                .forEach((went, count) -> text.append(
                        item(count, went.reason() + " to " + went.to().text())));
        stayed(result, text);
        result.unsent()
                .forEach((why, count) -> text.append(paragraph("%s stay, because SQS did not take them: %s"
                        .formatted(Count.of(count, "letter"), LettersLeftText.sentence(why)))));
        result.undeleted()
                .forEach((why, count) -> text.append(paragraph(
                        "%s were sent back, but are still here: %s The next redrive sends them again. That changes nothing, as their version is the same."
                                .formatted(Count.of(count, "letter"), LettersLeftText.sentence(why)))));
        result.hidden().forEach((why, count) -> text.append(paragraph(LettersLeftText.hidden(count, why))));
        text.append(paragraph(end(result)));
        return text.toString();
    }

    private void stayed(RedriveResult result, StringBuilder text) {
        long stayed = RedriveResult.total(result.stayed());
        if (stayed + result.unmatchedLetters() > 0) {
            text.append(paragraph(Count.of(stayed + result.unmatchedLetters(), "letter")
                    + (result.dryRun() ? " would stay:" : " stay:")));
        }
        result.stayed()
                .forEach((what, count) -> text.append(item(
                        count,
                        what.reason() + ", "
                                + switch (what.why()) {
                                    case NEEDS_ITS_REASON ->
                                        "which go only with --reason " + what.reason()
                                                + ", as they would be refused again";
                                    case ARRIVED_LATER ->
                                        "which came after "
                                                + (result.startedAt() == null
                                                        ? "the start"
                                                        : LetterListText.time(result.startedAt()));
                                })));
        if (result.unmatchedLetters() > 0) {
            text.append(item(result.unmatchedLetters(), "others, which were not asked for"));
        }
    }

    private static String end(RedriveResult result) {
        if (result.interrupted()) {
            return "Interrupted: what had not been sent stays. Repeat the command to go on.";
        }
        if (result.failure() != null) {
            return "It ended early: what had not been sent stays. Repeat the command to go on.";
        }
        return LettersLeftText.of(result.left(), "looked at");
    }

    private String item(long count, String what) {
        return Paragraph.of(String.format(Locale.ROOT, "%,9d  ", count), what, width);
    }

    private String paragraph(String text) {
        return Paragraph.of("", text, width);
    }
}
