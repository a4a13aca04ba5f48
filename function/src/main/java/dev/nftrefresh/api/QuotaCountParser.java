package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/** Reads how many refreshes there are: {@code 677}, {@code 677.0}, {@code "677"}, or the first of {@code 5, 5;w=1}. */
final class QuotaCountParser {
    /** The longest meaningful number has some 20 characters; a limiter's list of windows has more. */
    private static final int LONGEST = 100;

    /** So many digits fit a long. */
    private static final int MOST_DIGITS = 18;

    private final String text;
    private int at;

    private QuotaCountParser(String text) {
        this.text = text;
    }

    /** The count, a fraction cut off; null if the text has none. */
    static @Nullable Long read(String text) {
        return text.length() > LONGEST ? null : new QuotaCountParser(text).count();
    }

    /** Reads the text once and never backtracks, whatever it contains. */
    private @Nullable Long count() {
        quote();
        int first = at;
        digits();
        int end = at;
        if (end == first || end - first > MOST_DIGITS) {
            return null;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        quote();
        boolean ends = at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ';';
        return ends ? Long.valueOf(text.substring(first, end)) : null;
    }

    private void digits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private void quote() {
        space();
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            at++;
            space();
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
