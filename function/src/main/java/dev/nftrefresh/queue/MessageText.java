package dev.nftrefresh.queue;

import java.nio.charset.StandardCharsets;

/** A message's body as the UTF-8 bytes that its tokens are stretches of. */
public final class MessageText {
    private final byte[] utf8;

    private MessageText(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The text as UTF-8. */
    public static MessageText of(String text) {
        return new MessageText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not a copy: nobody changes them. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
