package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Removes the API key from the text of an answer, since a server may echo what it was sent, whole or in part. Redact
 * first and truncate then: a truncated key can no longer be recognized.
 *
 * <p>Eight consecutive characters of the key are removed, in upper or lower case, whatever invisible or blank
 * characters are between them, and also as Base64, as hexadecimal digits, or with characters written as {@code %2D},
 * as an HTML entity, {@code \u005cu002d} or {@code \x2d}, up to three times over. So is a word that begins like
 * Immutable's secret keys. The time is linear in the length of the text: each round reads each character once.
 */
final class ApiKeyRedactor {
    private static final String MARK = "[API key]";
    private static final int LEAST = 8;
    private static final int ROUNDS = 3;
    /** The prefix of every secret key, which is public. */
    private static final String BEGINNING = "sk_imapik";

    private final Set<String> pieces = new HashSet<>();
    private final int length;

    /** A redactor for this key. */
    ApiKeyRedactor(String key) {
        length = Math.min(LEAST, key.length());
        add(key);
        if (length == LEAST) {
            add(HexFormat.of().formatHex(key.getBytes(UTF_8)));
            // The offset of the key decides which of three Base64 forms it has.
            for (String before : List.of("", "x", "xx")) {
                byte[] bytes = (before + key).getBytes(UTF_8);
                // The first and the last characters depend partly on what surrounds the key.
                int first = before.isEmpty() ? 0 : before.length() + 1;
                int end = bytes.length * Byte.SIZE / 6;
                add(Base64.getEncoder().encodeToString(bytes).substring(first, end));
                add(Base64.getUrlEncoder().encodeToString(bytes).substring(first, end));
            }
        }
    }

    private void add(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        for (int i = 0; length > 0 && i + length <= lower.length(); i++) {
            pieces.add(lower.substring(i, i + length));
        }
    }

    /** The text with a mark in place of each occurrence of the key. */
    String redact(String text) {
        var echo = new BitSet();
        DecodedText decoded = DecodedText.visible(text);
        for (int round = 0; round <= ROUNDS; round++) {
            mark(decoded, echo);
            DecodedText further = decoded.further();
            if (further.length() == decoded.length()) {
                break;
            }
            decoded = further;
        }
        return echo.isEmpty() ? text : replaced(text, echo);
    }

    private void mark(DecodedText decoded, BitSet echo) {
        String lower = decoded.lowerCase();
        for (int i = 0; length > 0 && i + length <= lower.length(); i++) {
            if (pieces.contains(lower.substring(i, i + length))) {
                decoded.mark(i, i + length, echo);
            }
        }
        int begin = lower.indexOf(BEGINNING);
        while (begin >= 0) {
            int end = begin + BEGINNING.length();
            while (end < lower.length() && isOfKey(lower.charAt(end)) && decoded.isAdjacent(end)) {
                end++;
            }
            decoded.mark(begin, end, echo);
            begin = lower.indexOf(BEGINNING, end);
        }
    }

    private static boolean isOfKey(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    private static String replaced(String text, BitSet echo) {
        var redacted = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int begin = echo.nextSetBit(at);
            int end = begin < 0 ? text.length() : begin;
            redacted.append(text, at, end);
            at = end;
            if (begin >= 0) {
                redacted.append(MARK);
                at = echo.nextClearBit(begin);
            }
        }
        return redacted.toString();
    }

    /** The visible ASCII characters of a text, and where each begins and ends in it. */
    private static final class DecodedText {
        private final char[] characters;
        private final int[] begins;
        private final int[] ends;
        private int length;

        private DecodedText(int capacity) {
            characters = new char[capacity];
            begins = new int[capacity];
            ends = new int[capacity];
        }

        static DecodedText visible(String text) {
            var visible = new DecodedText(text.length());
            for (int i = 0; i < text.length(); i++) {
                visible.add(text.charAt(i), i, i + 1);
            }
            return visible;
        }

        int length() {
            return length;
        }

        String lowerCase() {
            return new String(characters, 0, length).toLowerCase(Locale.ROOT);
        }

        /** Whether this character directly follows the one before. */
        boolean isAdjacent(int at) {
            return begins[at] == ends[at - 1];
        }

        void mark(int from, int to, BitSet echo) {
            echo.set(begins[from], ends[to - 1]);
        }

        /** Decodes the characters that are written by number, and removes the backslashes before the others. */
        DecodedText further() {
            var further = new DecodedText(length);
            int i = 0;
            while (i < length) {
                int end = switch (characters[i]) {
                    case '%' -> number(further, i, i + 1, 2, 16);
                    case '\\' -> escape(further, i);
                    case '&' -> entity(further, i);
                    default -> i;
                };
                if (end == i) {
                    further.add(characters[i], begins[i], ends[i]);
                    end = i + 1;
                }
                i = end;
            }
            return further;
        }

        private int escape(DecodedText further, int at) {
            int next = at + 1;
            int end = switch (next < length ? characters[next] : ' ') {
                case 'u' -> number(further, at, next + 1, 4, 16);
                case 'x' -> number(further, at, next + 1, 2, 16);
                case 'n', 'r', 't', 'b', 'f' -> next + 1; // blank
                default -> at;
            };
            if (end == at && next < length) {
                further.add(characters[next], begins[at], ends[next]);
                end = next + 1;
            }
            return end;
        }

        private int entity(DecodedText further, int at) {
            if (at + 1 >= length || characters[at + 1] != '#') {
                return at;
            }
            boolean hex = at + 2 < length && (characters[at + 2] == 'x' || characters[at + 2] == 'X');
            int radix = hex ? 16 : 10;
            int first = at + (hex ? 3 : 2);
            int digits = 0;
            while (digits < 7 && first + digits < length && Character.digit(characters[first + digits], radix) >= 0) {
                digits++;
            }
            int end = number(further, at, first, digits, radix);
            return end > at && end < length && characters[end] == ';' ? end + 1 : end;
        }

        /** Adds the character of these digits and returns where they end; or adds nothing and returns {@code at}. */
        private int number(DecodedText further, int at, int first, int digits, int radix) {
            int value = 0;
            for (int i = first; i < first + digits; i++) {
                int digit = i < length ? Character.digit(characters[i], radix) : -1;
                if (digit < 0) {
                    return at;
                }
                value = value * radix + digit;
            }
            if (digits == 0) {
                return at;
            }
            if (value < 0x7f) {
                further.add((char) value, begins[at], ends[first + digits - 1]);
            }
            return first + digits;
        }

        private void add(char character, int begin, int end) {
            if (character > ' ' && character < 0x7f) {
                characters[length] = character;
                begins[length] = begin;
                ends[length] = end;
                length++;
            }
        }
    }
}
