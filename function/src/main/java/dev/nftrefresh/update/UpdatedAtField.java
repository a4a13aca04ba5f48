package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the producer made an update ({@code updated_at}): an RFC 3339 text, to nanoseconds, or a JSON integer of epoch
 * milliseconds.
 *
 * @param time the moment, absent when it cannot be read
 * @param fault what is wrong with it, absent when nothing is
 */
record UpdatedAtField(@Nullable Instant time, @Nullable String fault) {
    /** Seconds read as milliseconds fall into January 1970; before 2020 there was no zkEVM to refresh. */
    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    /** A producer's clock may be ahead of SQS's by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static UpdatedAtField bad(String fault) {
        return new UpdatedAtField(null, fault);
    }

    /** Reads the parser's current value. */
    static UpdatedAtField read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case JsonToken.VALUE_STRING -> ofText(parser.getText());
            case JsonToken.VALUE_NUMBER_INT -> ofMilliseconds(parser.getText());
            default -> {
                parser.skipChildren();
                yield bad("updated_at is neither an RFC 3339 text nor an integer of epoch milliseconds");
            }
        };
    }

    static UpdatedAtField ofText(String text) {
        try {
            return new UpdatedAtField(Rfc3339TimeParser.parse(text), null);
        } catch (DateTimeException _) {
            return bad(
                    Rfc3339TimeParser.isForm(text)
                            ? "updated_at is a time that does not exist"
                            : "updated_at is not an RFC 3339 time such as 2026-11-23T10:00:00.123Z");
        }
    }

    private static UpdatedAtField ofMilliseconds(String digits) {
        try {
            return new UpdatedAtField(Instant.ofEpochMilli(Long.parseLong(digits)), null);
        } catch (NumberFormatException _) {
            return bad("updated_at is not a time that epoch milliseconds can express");
        }
    }

    /** The same, or a fault when the time makes no sense for an update that was given away at that time. */
    UpdatedAtField checkedAgainst(SubmissionTime given) {
        if (time == null) {
            return this;
        }
        if (time.isBefore(EARLIEST)) {
            return bad(
                    "updated_at is " + time + ", before 2020, as if epoch seconds were given instead of milliseconds");
        }
        if (time.isAfter(given.at().plus(CLOCK_SKEW))) {
            return bad("updated_at is " + time + ", more than 5 minutes after " + given);
        }
        return this;
    }
}
