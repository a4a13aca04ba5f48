package dev.nftrefresh.local.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What SQS takes. */
public final class SqsLimits {
    /** Of a message with its attributes, and of all messages of one call. */
    public static final int MAX_BYTES = 1_048_576;
    /** Entries of one batch call, and messages of one receive. */
    public static final int MAX_ENTRIES = 10;

    static final Duration MAX_VISIBILITY = Duration.ofHours(12);
    static final int MAX_DELAY_SECONDS = 900;
    static final int MAX_WAIT_SECONDS = 20;
    static final int MAX_ATTRIBUTES = 10;

    private SqsLimits() {}

    /** The first character that SQS does not take in a body or an attribute, such as {@code U+FFFE}. */
    public static Optional<String> forbiddenCharacter(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (!isAllowed(character)) {
                return Optional.of(String.format("U+%04X", character));
            }
            i += Character.charCount(character);
        }
        return Optional.empty();
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }

    /** UTF-8 bytes, as SQS counts. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
