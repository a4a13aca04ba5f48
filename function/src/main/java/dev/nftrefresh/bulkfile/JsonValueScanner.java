package dev.nftrefresh.bulkfile;

import java.io.IOException;

/**
 * Finds the end of a JSON value by its quotation marks and brackets alone. Any other fault inside it is found when it
 * is parsed, and does not affect the values after it.
 */
final class JsonValueScanner {
    private final FileReadBuffer buffer;
    private int depth;
    private boolean inString;
    private boolean escaped;

    private JsonValueScanner(FileReadBuffer buffer) {
        this.buffer = buffer;
    }

    /** Reads from the value's first byte past its last; false if the file ends first. */
    static boolean skip(FileReadBuffer buffer) throws IOException {
        var scan = new JsonValueScanner(buffer);
        return switch (buffer.bytes()[buffer.at()]) {
            case '{', '[', '"' -> scan.skipDelimited();
            default -> scan.skipBare();
        };
    }

    private boolean skipDelimited() throws IOException {
        while (buffer.more()) {
            byte[] bytes = buffer.bytes();
            int limit = buffer.limit();
            for (int i = buffer.at(); i < limit; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    buffer.lineEndedBefore(i + 1);
                }
                if (ends(b)) {
                    buffer.moveTo(i + 1);
                    return true;
                }
            }
            buffer.moveTo(limit);
        }
        return false;
    }

    private boolean ends(byte b) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inString = false;
                return depth == 0;
            }
            return false;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
        return depth == 0 && !inString;
    }

    /** A number, a name such as null, or anything else that ends only where the next character is something else. */
    private boolean skipBare() throws IOException {
        while (buffer.more()) {
            byte[] bytes = buffer.bytes();
            for (int i = buffer.at(); i < buffer.limit(); i++) {
                if (endsBare(bytes[i])) {
                    buffer.moveTo(i);
                    return true;
                }
            }
            buffer.moveTo(buffer.limit());
        }
        return false;
    }

    private static boolean endsBare(byte b) {
        return switch (b) {
            case ',', ':', '"', '{', '[', '}', ']' -> true;
            default -> JsonWhitespace.is(b);
        };
    }
}
