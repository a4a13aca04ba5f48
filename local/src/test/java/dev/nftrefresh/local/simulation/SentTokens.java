package dev.nftrefresh.local.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the tokens of a request's body, each written by {@link SimulatedMessages}. */
final class SentTokens {
    private static final byte[] ID = "{\"token_id\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VERSION = "\",\"version\":".getBytes(StandardCharsets.UTF_8);

    private SentTokens() {}

    record SentToken(int token, int version) {}

    static List<SentToken> of(byte[] body) {
        var tokens = new ArrayList<SentToken>();
        for (int at = 0; at < body.length - ID.length; at++) {
            if (body[at] == '{' && startsWith(body, at, ID)) {
                int id = at + ID.length;
                int version = id + digits(body, id) + VERSION.length;
                tokens.add(new SentToken(number(body, id), number(body, version)));
                at = version;
            }
        }
        return tokens;
    }

    private static boolean startsWith(byte[] body, int at, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (body[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static int digits(byte[] body, int at) {
        int end = at;
        while (body[end] >= '0' && body[end] <= '9') {
            end++;
        }
        return end - at;
    }

    private static int number(byte[] body, int at) {
        return Integer.parseInt(new String(body, at, digits(body, at), StandardCharsets.US_ASCII));
    }
}
