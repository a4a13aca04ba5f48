package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.updates;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ToTheLetterPropertyTest {
    /** An independent reader that rounds nothing either. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** In any order, with or without an own time, as long as they stay within a token's size. */
    record Written(List<String> members, List<String> own, String space, List<String> shuffled) {
        String text() {
            return shuffled.stream().collect(Collectors.joining(space + "," + space, "{" + space, space + "}"));
        }

        boolean fits() {
            return text().getBytes(StandardCharsets.UTF_8).length <= TokenLimits.MAX_BYTES;
        }
    }

    private static String text(ChoiceSequence choices) {
        return choices.flip() ? ArbitraryJson.string(choices) : "null";
    }

    private static String attribute(ChoiceSequence choices) {
        String type = ArbitraryJson.string(choices);
        String value = switch (choices.below(3)) {
            case 0 -> choices.oneOf("true", "false");
            case 1 -> ArbitraryJson.number(choices);
            default -> ArbitraryJson.string(choices);
        };
        return ArbitraryJson.members(choices, 2, ArbitraryJson::value).stream()
                .map(member -> ", " + member)
                .collect(Collectors.joining("", "{\"value\":" + value, ",\"trait_type\" : " + type + "}"));
    }

    private static Written token(ChoiceSequence choices) {
        String space = ArbitraryJson.space(choices);
        var members = new ArrayList<String>();
        members.add("\"token_id\"" + space + ":\"" + choices.text(1, 77, "0123456789") + '"');
        members.add("\"name\":" + space + text(choices));
        members.add("\"description\"" + space + ":" + text(choices));
        members.add("\"image\":" + text(choices));
        members.add("\"external_url\":" + space + text(choices));
        members.add("\"animation_url\"" + space + ":" + text(choices));
        members.add("\"youtube_url\":" + text(choices));
        members.add(choices.listOf(0, 4, ToTheLetterPropertyTest::attribute).stream()
                .collect(Collectors.joining(" ,", "\"attributes\":" + space + "[", "]")));
        members.addAll(ArbitraryJson.members(choices, 5, ArbitraryJson::value));
        String between = ArbitraryJson.space(choices);
        List<String> own = choices.oneOf(
                List.of(),
                List.of("\"updated_at\":1795428000000"),
                List.of("\"updated_at\" :\n\"2026-11-23T08:00:00.5+01:00\""),
                List.of("\"updated\\u005Fat\": 1795428000000"));
        var all = new ArrayList<>(members);
        all.addAll(own);
        return new Written(members, own, between, choices.shuffled(all));
    }

    @Test
    void sendsEachTokenAsWrittenExceptForItsOwnTime() {
        SeededProperty.of("each token is sent as it was written but for its own time")
                .tries(300)
                .check(choices -> {
                    List<Written> written =
                            choices.listOf(1, 3, each -> each.suchThat(Written::fits, ToTheLetterPropertyTest::token));
                    choices.note("written", written.stream().map(Written::text).toList());
                    sendsAsWritten(written);
                });
    }

    private static void sendsAsWritten(List<Written> written) {
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
