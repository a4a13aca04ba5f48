package dev.nftrefresh.api;

/** Makes a text from outside safe for a log line: on one line, and short. */
final class LogSafeText {
    private LogSafeText() {}

    /**
     * The text with a space for each run of white space, and without control characters, characters that only change
     * how others look, and halves of characters; at most {@code limit} chars of it.
     */
    static String of(String text, int limit) {
        var clean = new StringBuilder(Math.min(text.length(), limit));
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isWhitespace(character)) {
                space = true;
            } else if (isPrintable(character)) {
                int before = space && !clean.isEmpty() ? 1 : 0;
                if (clean.length() + before + Character.charCount(character) > limit) {
                    break;
                }
                clean.repeat(' ', before).appendCodePoint(character);
                space = false;
            }
        }
        return clean.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
        };
    }
}
