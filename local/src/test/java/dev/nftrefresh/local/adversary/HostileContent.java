package dev.nftrefresh.local.adversary;

import java.util.function.UnaryOperator;

/** What a producer that is broken or malicious makes of a message. Whatever it is, nothing else may suffer. */
enum HostileContent {
    NONE(body -> body, ""),
    NOT_JSON(body -> body.substring(0, body.length() / 2), "MALFORMED_JSON"),
    EMPTY_TEXT(_ -> " ", "MALFORMED_JSON"),
    NUMBERS_FOR_TOKENS(body -> withTokens(body, "1" + ",1".repeat(1_499)), "INVALID_TOKEN"),
    MORE_NUMBERS_THAN_TOKENS(body -> withTokens(body, "1" + ",1".repeat(10_000)), "INVALID_MESSAGE"),
    DEEP(body -> withTokens(body, "[".repeat(2_000) + "]".repeat(2_000)), "MALFORMED_JSON INVALID_TOKEN"),
    ONE_LONG_TEXT(
            body -> withTokens(body, "{\"token_id\":\"1\",\"name\":\"" + "x".repeat(100_000) + "\"}"),
            "INVALID_TOKEN TOKEN_TOO_LARGE"),
    COLLIDING_NAMES(
            body -> withTokens(body, "{" + colliding() + "\"token_id\":\"1\"}"), "INVALID_TOKEN MALFORMED_JSON"),
    UNSENDABLE_CHARACTER(body -> withTokens(body, "{\"token_id\":\"1\",\"name\":\"\\uFFFE\\u0001\"}"), "INVALID_TOKEN"),
    UNSENDABLE_NAME(body -> withTokens(body, "{\"token_id\":\"1\",\"a\\uFFFE\":1}"), "INVALID_TOKEN"),
    UNKNOWN_FIELD(body -> "{\"priority\":1," + body.substring(1), "INVALID_MESSAGE"),
    UNSENDABLE_CHAIN(body -> body.replace("-testnet", "\\uFFFE"), "WRONG_CHAIN INVALID_MESSAGE"),
    OTHER_CHAIN(body -> body.replace("-testnet", "-mainnet"), "WRONG_CHAIN"),
    NO_TOKENS(body -> withTokens(body, ""), "INVALID_MESSAGE");

    @SuppressWarnings("ImmutableEnumChecker") // each is a function of its text alone
    private final UnaryOperator<String> change;

    private final String reasons;

    HostileContent(UnaryOperator<String> change, String reasons) {
        this.change = change;
        this.reasons = reasons;
    }

    String of(String body) {
        return change.apply(body);
    }

    /** Whether it is true to reject such a message for this. */
    boolean deserves(String reason) {
        return reasons.contains(reason);
    }

    private static String withTokens(String body, String tokens) {
        return body.substring(0, body.indexOf("\"nft_metadata\":[") + "\"nft_metadata\":[".length()) + tokens + "]}";
    }

    /** Names of which all have the same hash in Java. */
    private static String colliding() {
        var names = new StringBuilder();
        for (int i = 0; i < 1 << 9; i++) {
            names.append('"');
            for (int bit = 0; bit < 9; bit++) {
                names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.append("\":1,");
        }
        return names.toString();
    }
}
