package dev.nftrefresh.queue;

import java.nio.charset.StandardCharsets;

/** A message's body as UTF-8 bytes, of which its tokens are ranges. */
public final class Utf8MessageBody {
    private final byte[] utf8;

    private Utf8MessageBody(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The text as UTF-8. */
    public static Utf8MessageBody of(String text) {
        return new Utf8MessageBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Characters as UTF-8. Most bodies are ASCII, and need no text on the way. */
    static Utf8MessageBody of(char[] text, int from, int length) {
        byte[] ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            if (c > '\u007f') {
                return of(new String(text, from, length));
            }
            ascii[i] = (byte) c;
        }
        return new Utf8MessageBody(ascii);
    }

    /** The bytes themselves, not a copy: do not change them. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
