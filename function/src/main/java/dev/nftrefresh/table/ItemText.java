package dev.nftrefresh.table;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.time.Rfc3339TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text that {@link ItemFields} reads, field after field: whoever writes each name once needs no map for it. Not
 * for several threads.
 */
public final class ItemText {
    private static final int TYPICAL_LENGTH = 512;

    private final StringBuilder text = new StringBuilder(TYPICAL_LENGTH);
    private boolean isEmpty = true;

    /** Adds a text; a null is not written down. */
    public ItemText put(String name, @Nullable String value) {
        if (value != null) {
            quote(value, begin(name));
        }
        return this;
    }

    /** Adds a time; a null is not written down. */
    public ItemText put(String name, @Nullable Instant time) {
        if (time != null) {
            Rfc3339TimeText.append(begin(name).append('"'), time);
            text.append('"');
        }
        return this;
    }

    /** Adds a time and, after a space, a number in hexadecimal digits. */
    public ItemText put(String name, Instant time, long number) {
        Rfc3339TimeText.append(begin(name).append('"'), time);
        text.append(' ').append(Long.toHexString(number)).append('"');
        return this;
    }

    /** What was put so far, as a JSON object. */
    public String text() {
        return isEmpty ? "{}" : text.append('}').toString();
    }

    private StringBuilder begin(String name) {
        quote(name, text.append(isEmpty ? '{' : ','));
        isEmpty = false;
        return text.append(':');
    }

    /** As a generator would do, of which each item would need one. */
    private static void quote(String value, StringBuilder text) {
        text.append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, text);
        }
        text.append('"');
    }

    /** Nearly all are; Jackson would append them character by character. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
