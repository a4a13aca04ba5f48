package dev.nftrefresh.local.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.nftrefresh.update.TokenField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names in tokens that the API does not know: they are sent unchanged, so that a typing mistake would go unnoticed. */
final class UnknownFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final Set<String> OF_TOKEN =
            Stream.of(TokenField.values()).map(TokenField::json).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OF_ATTRIBUTE = Set.of("trait_type", "value", "display_type");
    private static final String ATTRIBUTES = TokenField.ATTRIBUTES.json();
    /** Enough to see the mistake; a file may have as many names as tokens. */
    private static final int MOST = 100;

    private final Map<String, Seen> seen = new LinkedHashMap<>();

    private static final class Seen {
        private final long line;
        private long tokens;

        Seen(long line) {
            this.line = line;
        }
    }

    /**
     * The unknown names of a token, those of its attributes as {@code attributes[].name}.
     *
     * @param json a token that was checked already
     */
    static Set<String> of(byte[] json) {
        Set<String> unknown = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!OF_TOKEN.contains(name)) {
                    unknown.add(name);
                }
                if (name.equals(ATTRIBUTES) && value == JsonToken.START_ARRAY) {
                    attributes(parser, unknown);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A token that was read before cannot be read again.", e);
        }
        return unknown;
    }

    private static void attributes(JsonParser parser, Set<String> unknown) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!OF_ATTRIBUTE.contains(name)) {
                    unknown.add(ATTRIBUTES + "[]." + name);
                }
                parser.nextToken();
                parser.skipChildren();
            }
        }
    }

    /** A token of this line has these unknown names. */
    void add(long line, Set<String> names) {
        for (String name : names) {
            Seen before = seen.get(name);
            if (before == null && seen.size() < MOST) {
                before = new Seen(line);
                seen.put(name, before);
            }
            if (before != null) {
                before.tokens++;
            }
        }
    }

    /** A warning for each name, in the order in which they came. */
    List<String> warnings(String file) {
        List<String> warnings = new ArrayList<>();
        seen.forEach((name, at) -> warnings.add(String.format(
                Locale.ROOT,
                "%s:%d: warning: %s (in %,d %s).",
                file,
                at.line,
                sentence(name),
                at.tokens,
                at.tokens == 1 ? "token" : "tokens")));
        return warnings;
    }

    /** What there is to say of one name. */
    static String sentence(String name) {
        return "the API does not name the field " + name + "; it is sent as it is";
    }
}
