package dev.nftrefresh.api;

/** Makes a text from outside fit for a log line: one line, and short. */
final class CleanText {
    private CleanText() {}

    /** The text without control characters, line breaks and halves of characters, at most {@code limit} chars of it. */
    static String of(String text, int limit) {
        var clean = new StringBuilder(Math.min(text.length(), limit));
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isPrintable(character)) {
                if (clean.length() + Character.charCount(character) > limit) {
                    break;
                }
                clean.appendCodePoint(character);
            }
        }
        return clean.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
