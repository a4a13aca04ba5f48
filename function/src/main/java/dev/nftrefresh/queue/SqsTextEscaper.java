package dev.nftrefresh.queue;

import java.nio.charset.StandardCharsets;

/** Writes text as SQS can hold it: {@code #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF}. */
final class SqsTextEscaper {
    private SqsTextEscaper() {}

    private static final String CUT = "…";

    /** The text with every character that SQS refuses written as a JSON escape. */
    static String of(String text) {
        return text.codePoints().allMatch(SqsTextEscaper::isAllowed) ? text : of(text, Integer.MAX_VALUE);
    }

    /** The same, cut to so many bytes of UTF-8. */
    static String of(String text, int maxBytes) {
        var out = new StringBuilder(Math.min(text.length(), maxBytes));
        long bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            String written = isAllowed(character) ? Character.toString(character) : "\\u%04x".formatted(character);
            bytes += utf8Bytes(written);
            if (bytes > maxBytes - utf8Bytes(CUT)) {
                return out.append(CUT).toString();
            }
            out.append(written);
            i += Character.charCount(character);
        }
        return out.toString();
    }

    /** The text's size in bytes, as SQS counts it. */
    static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
