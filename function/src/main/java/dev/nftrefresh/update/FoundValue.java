package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Describes a value where a string should be, for sentences that say what to do about it. */
final class FoundValue {
    private static final int SHOWN = 100;

    private FoundValue() {}

    /** The parser's current value; for a number, with the advice to quote it. */
    static String of(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return token.isNumeric()
                ? unquotable(parser) + "; quote it: \"" + TextExcerpt.of(parser.getText(), SHOWN) + "\""
                : unquotable(parser);
    }

    /** The value alone, where quotes would not make it right. */
    static String unquotable(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + TextExcerpt.of(parser.getText(), SHOWN) + "\"";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + TextExcerpt.of(parser.getText(), SHOWN);
            default -> parser.getText();
        };
    }
}
