package dev.nftrefresh.operator;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text from outside (a file, an answer, a message) on its way to a terminal, where a control character could move the
 * cursor or change the title, and a bidirectional one could show a line in another order than it has.
 */
public final class TerminalSafeText {
    /** Controls, C1 among them, and what is invisible but changes what is seen. */
    private static final Pattern IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    /** The same, except for white space between the parts of a JSON text. */
    private static final Pattern IN_LINES = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\r\t]]");

    private TerminalSafeText() {}

    /** As one line: whatever has no place in it becomes a replacement character. */
    public static String line(String text) {
        return IN_A_LINE.matcher(text).replaceAll("\ufffd");
    }

    /** JSON with such characters escaped, so that it still says the same. */
    public static String json(String json) {
        return IN_LINES.matcher(json).replaceAll(found -> {
            var escaped = new StringBuilder();
            found.group().chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
            return escaped.toString();
        });
    }
}
