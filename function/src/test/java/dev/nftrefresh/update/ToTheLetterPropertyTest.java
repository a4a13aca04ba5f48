package dev.nftrefresh.update;

import static dev.nftrefresh.update.Reading.messageWith;
import static dev.nftrefresh.update.Reading.updates;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ToTheLetterPropertyTest {
    /** An independent reader that rounds nothing either. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Shuffled, with or without an own time, as long as they stay within a token's size. */
    record Written(List<String> members, String space, List<String> own) {
        String text() {
            var all = new ArrayList<>(members);
            all.addAll(own);
            // Where the own time stands comes from what the rest is, so that a failure can be repeated.
            Collections.shuffle(all, new Random(members.hashCode()));
            return all.stream().collect(Collectors.joining(space + "," + space, "{" + space, space + "}"));
        }

        boolean fits() {
            return text().getBytes(StandardCharsets.UTF_8).length <= TokenLimits.MAX_BYTES;
        }
    }

    @Provide
    Arbitrary<Written> tokens() {
        Arbitrary<String> text = Arbitraries.oneOf(Arbitraries.just("null"), ArbitraryJson.string());
        Arbitrary<String> attribute = Combinators.combine(
                        ArbitraryJson.string(),
                        Arbitraries.oneOf(
                                ArbitraryJson.number(), ArbitraryJson.string(), Arbitraries.of("true", "false")),
                        ArbitraryJson.members(ArbitraryJson.value(), 2))
                .as((type, value, extra) -> "{\"value\":" + value
                        + extra.stream().map(member -> ", " + member).collect(Collectors.joining())
                        + ",\"trait_type\" : "
                        + type + "}");
        Arbitrary<String> attributes = attribute.list().ofMaxSize(4).map(list -> "[" + String.join(" ,", list) + "]");
        Arbitrary<List<String>> eight = Combinators.combine(
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(77),
                        text.list().ofSize(6),
                        attributes,
                        ArbitraryJson.space())
                .as((id, texts, list, space) -> List.of(
                        "\"token_id\"" + space + ":\"" + id + '"',
                        "\"name\":" + space + texts.get(0),
                        "\"description\"" + space + ":" + texts.get(1),
                        "\"image\":" + texts.get(2),
                        "\"external_url\":" + space + texts.get(3),
                        "\"animation_url\"" + space + ":" + texts.get(4),
                        "\"youtube_url\":" + texts.get(5),
                        "\"attributes\":" + space + list));
        Arbitrary<List<String>> own = Arbitraries.of(
                List.of(),
                List.of("\"updated_at\":1795428000000"),
                List.of("\"updated_at\" :\n\"2026-11-23T08:00:00.5+01:00\""),
                List.of("\"updated\\u005Fat\": 1795428000000"));
        return Combinators.combine(eight, ArbitraryJson.members(ArbitraryJson.value(), 5), ArbitraryJson.space(), own)
                .as((members, extra, space, time) -> {
                    var all = new ArrayList<>(members);
                    all.addAll(extra);
                    return new Written(all, space, time);
                })
                .filter(Written::fits);
    }

    @Provide
    Arbitrary<List<Written>> messages() {
        return tokens().list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 300)
    void sendsEachTokenAsItWasWrittenButForItsOwnTime(@ForAll("messages") List<Written> written) {
        List<TokenUpdate> updates =
                updates(messageWith("", written.stream().map(Written::text).toArray()));

        assertThat(updates).hasSameSizeAs(written);
        for (int i = 0; i < written.size(); i++) {
            String sent = updates.get(i).json().toString();
            if (written.get(i).own().isEmpty()) {
                assertThat(sent).isEqualTo(written.get(i).text());
            } else {
                assertThat(tree(sent)).isEqualTo(withoutTime(tree(written.get(i).text())));
                assertThat(written.get(i).members())
                        .allSatisfy(member -> assertThat(sent).contains(member));
                assertThat(sent.length())
                        .isLessThanOrEqualTo(written.get(i).text().length()
                                - written.get(i).own().getFirst().length());
            }
        }
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static JsonNode withoutTime(JsonNode token) {
        ((ObjectNode) token).remove("updated_at");
        return token;
    }
}
