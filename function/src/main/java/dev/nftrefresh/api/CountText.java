package dev.nftrefresh.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how many refreshes there are. */
final class CountText {
    /** {@code 677}, {@code 677.0}, or the first of {@code 5, 5;w=1}; 18 digits fit a long. */
    private static final Pattern COUNT =
            Pattern.compile("\\s*[\"']?\\s*(\\d{1,18})(?:\\.\\d*)?\\s*[\"']?\\s*(?:[,;].*)?");

    private CountText() {}

    /** The count, a fraction cut off; null if the text has none. */
    static @Nullable Long read(String text) {
        Matcher count = COUNT.matcher(text);
        return count.matches() ? Long.valueOf(count.group(1)) : null;
    }
}
