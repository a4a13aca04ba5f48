package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** How JSON of producers is read: strictly, and without limits of Jackson's own, because SQS bounds the whole text. */
final class Json {
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
            // Many odd names in one message are the producer's business, not a reason to call it malformed.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private Json() {}

    static JsonParser parser(byte[] utf8) throws IOException {
        return FACTORY.createParser(utf8);
    }

    static JsonParser parser(byte[] utf8, int from, int to) throws IOException {
        return FACTORY.createParser(utf8, from, to - from);
    }
}
