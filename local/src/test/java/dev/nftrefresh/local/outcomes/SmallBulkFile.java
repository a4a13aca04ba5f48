package dev.nftrefresh.local.outcomes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small bulk file that keeps the loader busy: its messages fill five calls of the queue, its refused lines two parts.
 *
 * @param text NDJSON
 * @param newest the name that each token has where it occurs last
 * @param refused what is reported of the refused lines, by their numbers
 * @param tokens that are good
 * @param messages that they become
 */
record SmallBulkFile(String text, Map<String, String> newest, Map<Integer, String> refused, int tokens, int messages) {
    private static final int MESSAGES = 45;
    private static final int SLOW_MESSAGES = 29;
    /**
     * A time so early that a token occurs once in a message: its second occurrence begins the next one, however small
     * this is.
     */
    private static final String LONG_AGO = "\"updated_at\":\"2020-01-01T00:00:00Z\",";
    /** A message begins with the token that the one before it ends with, so many tokens on. */
    private static final int STEP = 2;
    /** So many refused lines are enough for a part before the end. */
    private static final int LARGE_LINES = 16;

    private static final int LARGE = 16 * 1024;

    /** A file whose tokens are in no other one. */
    static SmallBulkFile number(int number) {
        List<String> lines = new ArrayList<>();
        Map<String, String> newest = new LinkedHashMap<>();
        Map<Integer, String> refused = new LinkedHashMap<>();
        for (int message = 0; message < MESSAGES; message++) {
            for (int i = 0; i <= STEP; i++) {
                String id = String.valueOf(number * 1_000 + message * STEP + i);
                String name = "line " + (lines.size() + 1);
                lines.add("{" + LONG_AGO + ProducerMessages.token(id, name).substring(1));
                newest.put(id, name);
            }
            for (String bad : badAfter(message)) {
                lines.add(bad);
                refused.put(lines.size(), bad);
            }
            // What comes slowly has checkpoints in it; then several calls are under way at once.
            if (message < SLOW_MESSAGES) {
                lines.add("");
            }
        }
        return new SmallBulkFile(String.join("\n", lines), newest, refused, MESSAGES * (STEP + 1), MESSAGES);
    }

    /**
     * Behind the first call's messages, so that a checkpoint comes without a part, one with, and a last part at the
     * end.
     */
    private static List<String> badAfter(int message) {
        return switch (message) {
            case 13 -> Collections.nCopies(LARGE_LINES, "x".repeat(LARGE));
            case 22, MESSAGES - 1 -> List.of("no token");
            default -> List.of();
        };
    }
}
