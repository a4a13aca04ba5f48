package dev.nftrefresh.update;

/** As much of a producer's text as a sentence can bear, with what a terminal would obey and not show as JSON escapes. */
public final class Excerpt {
    private Excerpt() {}

    /** The text, or its first {@code length} characters, but never half of one that takes two. */
    public static String of(String text, int length) {
        var out = new StringBuilder(Math.min(text.length(), length) + 1);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (i > length) {
                return out.append('…').toString();
            }
            if (isShown(character)) {
                out.appendCodePoint(character);
            } else {
                for (char half : Character.toChars(character)) {
                    out.append("\\u%04x".formatted((int) half));
                }
            }
        }
        return out.toString();
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
