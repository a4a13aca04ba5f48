package dev.nftrefresh.update;

/** As much of a producer's text as a sentence can bear. */
final class Excerpt {
    private Excerpt() {}

    /** The text, or its first {@code length} characters, but never half of one that takes two. */
    static String of(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }
}
