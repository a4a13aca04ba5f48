package dev.nftrefresh.update;

/** As much of a producer's text as a sentence can bear, with what a terminal would obey and not show as JSON escapes. */
public final class TextExcerpt {
    private TextExcerpt() {}

    /** The text, or as much of its beginning as takes {@code length} characters, but never half of one that takes two. */
    public static String of(String text, int length) {
        var out = new StringBuilder(Math.min(text.length(), length) + 1);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            String shown = shown(character);
            if (out.length() + shown.length() > length) {
                return out.append('…').toString();
            }
            out.append(shown);
        }
        return out.toString();
    }

    private static String shown(int character) {
        if (isShown(character)) {
            return Character.toString(character);
        }
        var escapes = new StringBuilder();
        for (char half : Character.toChars(character)) {
            escapes.append("\\u%04x".formatted((int) half));
        }
        return escapes.toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
