package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a text is JSON, as strictly as a message has to be. */
public final class JsonValidator {
    private JsonValidator() {}

    /**
     * What is wrong with a UTF-8 text that should be one JSON value, and where in it; null if nothing is.
     *
     * @param name what the clause calls the text, such as "the cell"
     */
    public static @Nullable String fault(byte[] utf8, String name) {
        try {
            return StrictJsonReader.<@Nullable String>read(utf8, JsonValidator::noFault);
        } catch (IOException e) {
            return JsonSyntaxFault.within(e, name);
        }
    }

    private static @Nullable String noFault(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new MalformedMessageException("it is empty");
        }
        parser.skipChildren();
        parser.finishToken();
        if (parser.nextToken() != null) {
            throw new MalformedMessageException("there is more text after the end of the value");
        }
        return null;
    }
}
