package dev.nftrefresh.file;

import java.io.IOException;

/**
 * Finds the end of a JSON value by its quotation marks and brackets alone. Whatever else is wrong inside it is found when
 * it is read, and does no harm to the values after it.
 */
final class JsonValueScan {
    private final Window window;
    private int depth;
    private boolean inString;
    private boolean escaped;

    private JsonValueScan(Window window) {
        this.window = window;
    }

    /** Goes from the value's first byte behind its last; false if the file ends before it does. */
    static boolean pass(Window window) throws IOException {
        var scan = new JsonValueScan(window);
        return switch (window.bytes()[window.at()]) {
            case '{', '[', '"' -> scan.passDelimited();
            default -> scan.passBare();
        };
    }

    private boolean passDelimited() throws IOException {
        while (window.more()) {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            for (int i = window.at(); i < limit; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    window.lineEndedBefore(i + 1);
                }
                if (ends(b)) {
                    window.moveTo(i + 1);
                    return true;
                }
            }
            window.moveTo(limit);
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

    /** A number, a name such as null, or anything else that only what comes after it can end. */
    private boolean passBare() throws IOException {
        while (window.more()) {
            byte[] bytes = window.bytes();
            for (int i = window.at(); i < window.limit(); i++) {
                if (endsBare(bytes[i])) {
                    window.moveTo(i);
                    return true;
                }
            }
            window.moveTo(window.limit());
        }
        return false;
    }

    private static boolean endsBare(byte b) {
        return switch (b) {
            case ',', ':', '"', '{', '[', '}', ']' -> true;
            default -> Space.is(b);
        };
    }
}
