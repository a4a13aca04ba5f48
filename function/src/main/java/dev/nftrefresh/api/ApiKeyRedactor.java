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
 * Takes the API key out of what an answer said, since a server may echo what it was sent, whole or in part. Redact first and
 * cut then: of a key that is cut nobody knows any more that it was one.
 *
 * <p>Eight characters in a row of the key are enough to go, in upper or lower case, whatever invisible or blank characters
 * stand between them, and also as Base64, as hexadecimal digits, or with characters written as {@code %2D}, as an HTML entity,
 * {@code \u005cu002d} or {@code \x2d}, up to three times over. So is a word that begins as Immutable's secret keys do. Time
 * grows with the length of the text and no faster: each round looks at each character once.
 */
final class ApiKeyRedactor {
    private static final String MARK = "[API key]";
    private static final int LEAST = 8;
    private static final int ROUNDS = 3;
    /** What every secret key begins with, and nobody has to hide. */
    private static final String BEGINNING = "sk_imapik";

    private final Set<String> pieces = new HashSet<>();
    private final int length;

    /** Of this key. */
    ApiKeyRedactor(String key) {
        length = Math.min(LEAST, key.length());
        add(key);
        if (length == LEAST) {
            add(HexFormat.of().formatHex(key.getBytes(UTF_8)));
            // What stands before the key decides which of three ways the key is written in.
            for (String before : List.of("", "x", "xx")) {
                byte[] bytes = (before + key).getBytes(UTF_8);
                // Of the first and the last characters a part comes from what stands around the key.
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

    /** The text with a mark in place of each echo of the key. */
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

    /** The visible ASCII characters of a text, and where in it each begins and ends. */
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

        /** Whether nothing stood between this character and the one before. */
        boolean isAdjacent(int at) {
            return begins[at] == ends[at - 1];
        }

        void mark(int from, int to, BitSet echo) {
            echo.set(begins[from], ends[to - 1]);
        }

        /** With each character that is written by its number, and without the backslashes before the others. */
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

        /** Adds the character that these digits mean, and says where they end; or adds nothing and says {@code at}. */
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
