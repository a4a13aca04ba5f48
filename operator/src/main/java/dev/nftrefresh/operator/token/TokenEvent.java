package dev.nftrefresh.operator.token;

import dev.nftrefresh.operator.LogSearch.Line;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A line of the log that names a token.
 *
 * @param code why it was rejected, or how its request ended, in the log's own words
 * @param detail a sentence on that; empty if there is none
 * @param alone whether it was the only token of its request
 */
record TokenEvent(Instant at, Kind kind, String code, String detail, String messageId, String traceId, boolean alone) {
    /** What happened to the token. */
    enum Kind {
        ACCEPTED,
        REJECTED,
        /** It was in a request that ended in another way, and so it waits. */
        NOT_ACCEPTED
    }

    /** The event of a line; empty if the line does not name this token of this contract. */
    static Stream<TokenEvent> of(Line line, String contract, String tokenId) {
        boolean isOfContract = line.text("collection")
                .regionMatches(true, line.text("collection").indexOf('/') + 1, contract, 0, 42);
        if (!isOfContract) {
            return Stream.empty();
        }
        return switch (line.text("message")) {
            case "rejected" ->
                line.text("token_id").equals(tokenId)
                        ? Stream.of(event(line, Kind.REJECTED, line.text("reason"), line.text("detail")))
                        : Stream.empty();
            case "refresh" -> names(line, tokenId) ? Stream.of(ofRequest(line)) : Stream.empty();
            default -> Stream.empty();
        };
    }

    private static boolean names(Line line, String tokenId) {
        return line.fields()
                .path("token_ids")
                .valueStream()
                .anyMatch(id -> id.asText().equals(tokenId));
    }

    private static TokenEvent ofRequest(Line line) {
        String outcome = line.text("outcome");
        return event(
                line,
                outcome.equals("Accepted") ? Kind.ACCEPTED : Kind.NOT_ACCEPTED,
                outcome,
                line.text(outcome.equals("Unknown") ? "reason" : "api_message"));
    }

    private static TokenEvent event(Line line, Kind kind, String code, String detail) {
        boolean alone = line.fields().path("token_ids").size() == 1;
        return new TokenEvent(line.at(), kind, code, detail, line.text("message_id"), line.text("trace_id"), alone);
    }
}
