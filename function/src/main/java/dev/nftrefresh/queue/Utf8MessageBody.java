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

    /** The bytes themselves, not a copy: do not change them. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
