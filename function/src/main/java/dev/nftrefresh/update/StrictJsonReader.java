package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How JSON of producers is read: strictly, and without limits of Jackson's own, because SQS bounds the whole text. */
final class StrictJsonReader {
    /**
     * A message is at most 1 MiB, which bounds depth and lengths. Jackson's own limits (1,000 levels, 1,000 digits)
     * would refuse a whole message for one odd token, or refuse what the API takes.
     */
    private static final StreamReadConstraints UNLIMITED = StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(UNLIMITED)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Interning pays only for names that are compared by identity elsewhere.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A body is UTF-8; a guess at another encoding would take two bytes for one, and count places in letters.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    /**
     * For texts whose names were chosen to collide in Jackson's table of names, where a look-up becomes a search: 1 MB takes
     * 12 s. This one has no such table, and takes twice as long as the other for everything else.
     */
    private static final JsonFactory WITHOUT_NAME_TABLE = FACTORY.rebuild()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private StrictJsonReader() {}

    /** What somebody makes of a text. */
    @FunctionalInterface
    interface JsonReading<T extends @Nullable Object> {
        /** Reads from the start of the text; it may be asked to do so again. */
        T read(JsonParser parser) throws IOException;
    }

    /** Reads a whole text. */
    static <T extends @Nullable Object> T read(byte[] utf8, JsonReading<T> reading) throws IOException {
        return read(utf8, 0, utf8.length, reading);
    }

    /** Reads a stretch of a text; places count from the stretch's beginning. */
    static <T extends @Nullable Object> T read(byte[] utf8, int from, int to, JsonReading<T> reading)
            throws IOException {
        try (JsonParser parser = FACTORY.createParser(utf8, from, to - from)) {
            return reading.read(parser);
        } catch (StreamConstraintsException | ArrayIndexOutOfBoundsException _) {
            // Of all constraints only that of the table of names is left. The table was also seen to run over while it
            // grew
            // (jackson-core issue 1289), which no message may stop the others with.
            char[] text = decoded(utf8, from, to);
            try (JsonParser parser = new ByteOffsetParser(WITHOUT_NAME_TABLE.createParser(text), text)) {
                return reading.read(parser);
            }
        }
    }

    private static char[] decoded(byte[] utf8, int from, int to) throws MalformedMessageException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, from, to - from));
            var chars = new char[text.remaining()];
            text.get(chars);
            return chars;
        } catch (CharacterCodingException _) {
            throw new MalformedMessageException("the text is not UTF-8");
        }
    }
}
