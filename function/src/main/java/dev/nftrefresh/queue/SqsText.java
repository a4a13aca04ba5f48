package dev.nftrefresh.queue;

import dev.nftrefresh.update.TokenJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What SQS can hold as text: {@code #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF}. */
public final class SqsText {
    /** U+FFFE is EF BF BE in UTF-8, and U+FFFF is EF BF BF. */
    private static final int[] UNHELD = {0xEF, 0xBF, 0xBE};

    private SqsText() {}

    /**
     * The token with U+FFFE and U+FFFF as JSON escapes, which mean the same; the same object if it has neither. Nothing
     * else that JSON allows is refused by SQS.
     */
    public static TokenJson held(TokenJson json) {
        byte[] in = json.bytes();
        int found = unheld(in, 0);
        if (found < 0) {
            return json;
        }
        var out = new ByteArrayOutputStream(in.length + Byte.MAX_VALUE);
        int from = 0;
        for (; found >= 0; found = unheld(in, from)) {
            out.write(in, from, found - from);
            boolean last = (in[found + 2] & 0xFF) == UNHELD[2] + 1;
            out.writeBytes((last ? "\\uFFFF" : "\\uFFFE").getBytes(StandardCharsets.US_ASCII));
            from = found + UNHELD.length;
        }
        out.write(in, from, in.length - from);
        return new TokenJson(out.toByteArray(), 0, out.size());
    }

    private static int unheld(byte[] in, int from) {
        for (int i = from; i + 2 < in.length; i++) {
            if ((in[i] & 0xFF) == UNHELD[0] && (in[i + 1] & 0xFF) == UNHELD[1] && (in[i + 2] & 0xFF) >= UNHELD[2]) {
                return i;
            }
        }
        return -1;
    }

    /** The text with every character that SQS refuses written as a JSON escape, cut to so many bytes of UTF-8. */
    static String of(String text, int maxBytes) {
        var out = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            String written = isHeld(character) ? Character.toString(character) : "\\u%04x".formatted(character);
            bytes += written.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes - "…".getBytes(StandardCharsets.UTF_8).length) {
                return out.append('…').toString();
            }
            out.append(written);
            i += Character.charCount(character);
        }
        return out.toString();
    }

    private static boolean isHeld(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
