package dev.nftrefresh.operator.letters;

import java.util.Locale;

/** How sure it is that every letter was seen. */
final class LettersLeftText {
    private LettersLeftText() {}

    /**
     * In a sentence or several.
     *
     * @param done what was done to the others: read, or sent back
     */
    static String of(LettersLeft left, String done) {
        if (left.isNothing()) {
            return "SQS counts no more letters; its count may lag a minute behind.";
        }
        var text = new StringBuilder();
        if (left.timeIsUp()) {
            text.append("It ended after 9 minutes, since letters that were ")
                    .append(done)
                    .append(" stay hidden for 10 only. ");
        }
        if (left.visible() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "SQS counts about %,d more that it did not hand out, or that came meanwhile: repeat the command. ",
                    left.visible()));
        }
        if (left.hiddenElsewhere() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "About %,d more are hidden, because somebody else reads them: they can be seen again within 10 minutes. ",
                    left.hiddenElsewhere()));
        }
        return text.toString().strip();
    }

    /** Of letters that could not be given back. */
    static String hidden(long letters, String why) {
        return "%s could not be given back at once and stay hidden for up to 10 minutes: %s"
                .formatted(Count.of(letters, "letter"), sentence(why));
    }

    /** With a stop at its end. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
