package dev.nftrefresh.local.convert;

import java.util.regex.Pattern;

/** Text of a file on its way to a terminal, where a control character could move the cursor, or a bidirectional one the text. */
final class PrintableText {
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private PrintableText() {}

    static String of(String line) {
        return HARMFUL.matcher(line).replaceAll("\ufffd");
    }
}
