package dev.nftrefresh.operator.letters;

import static dev.nftrefresh.operator.ReadableTime.count;
import static dev.nftrefresh.operator.ReadableTime.number;

import java.util.ArrayList;

/** How sure it is that every letter was seen. */
final class LettersLeftText {
    private LettersLeftText() {}

    /** In a sentence or several. */
    static String of(UnreadLetterCounts left) {
        if (left.isNothing()) {
            return "SQS counts no more letters; its count may lag a minute behind.";
        }
        var sentences = new ArrayList<String>();
        if (left.timeIsUp()) {
            sentences.add("The time is up: letters that were read stay hidden for %d minutes only."
                    .formatted(DeadLetterQueue.HIDDEN.toMinutes()));
        }
        if (left.visible() > 0) {
            sentences.add(
                    "SQS counts about %s more, which it did not deliver or which arrived meanwhile: repeat the command."
                            .formatted(number(left.visible())));
        }
        if (left.hiddenElsewhere() > 0) {
            sentences.add(
                    "SQS counts about %s more that another reader hides: they can be seen again within %d minutes."
                            .formatted(number(left.hiddenElsewhere()), DeadLetterQueue.HIDDEN.toMinutes()));
        }
        return String.join(" ", sentences);
    }

    /** Of letters that could not be given back. */
    static String hidden(long letters, String why) {
        return "%s could not be given back, and stay hidden for up to %d minutes: %s"
                .formatted(count(letters, "letter"), DeadLetterQueue.HIDDEN.toMinutes(), sentence(why));
    }

    /** With a stop at its end. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
