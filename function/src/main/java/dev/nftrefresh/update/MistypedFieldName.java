package dev.nftrefresh.update;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Whether a name is another one mistyped. */
public final class MistypedFieldName {
    private MistypedFieldName() {}

    /**
     * Whether the name differs from the field's, but only in case or in {@code _}, {@code -} and spaces, or by one character
     * added, left out, replaced or swapped with the next.
     */
    public static boolean isOf(String field, String name) {
        return !name.equals(field) && (isSpelledLike(field, name) || isOneCharacterFrom(field, name));
    }

    /** The one of these fields that the name is nearly the name of; null if there is none. */
    public static @Nullable String among(Collection<String> fields, String name) {
        return fields.stream().filter(field -> isOf(field, name)).findFirst().orElse(null);
    }

    /** Compares without copying: a name may be as long as the message. */
    private static boolean isSpelledLike(String one, String other) {
        int i = 0;
        int j = 0;
        while (true) {
            i = letter(one, i);
            j = letter(other, j);
            if (i == one.length() || j == other.length()) {
                return i == one.length() && j == other.length();
            }
            if (Character.toLowerCase(one.charAt(i++)) != Character.toLowerCase(other.charAt(j++))) {
                return false;
            }
        }
    }

    private static int letter(String text, int from) {
        int i = from;
        while (i < text.length() && "_- ".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static boolean isOneCharacterFrom(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        if (longer - shorter > 1) {
            return false;
        }
        int begin = 0;
        while (begin < shorter && one.charAt(begin) == other.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int differing = longer - begin - end;
        return differing == 1
                || (shorter == longer
                        && differing == 2
                        && one.charAt(begin) == other.charAt(begin + 1)
                        && one.charAt(begin + 1) == other.charAt(begin));
    }
}
