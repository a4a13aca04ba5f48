package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.sent;
import static dev.nftrefresh.update.MessageReading.updates;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token's own {@code updated_at} is ours, not the API's: it is read and cut out. */
final class OwnUpdatedAtTest {
    private static final String REST =
            "\"token_id\":\"1\",\"name\":\"S\",\"description\":null,\"image\":null,\"external_url\":null";
    private static final String END = "\"animation_url\":null,\"youtube_url\":null,\"attributes\":[]";

    @Test
    void overridesTheMessagesAndWhenItWasSent() {
        String own = "\"2026-11-23T08:00:00.000000007Z\"";

        assertThat(updates(messageWith(
                        "\"updated_at\":\"2026-11-23T09:00:00Z\",",
                        TokenSource.sword("1").with("updated_at", own),
                        TokenSource.sword("2"))))
                .extracting(update -> update.version().time())
                .containsExactly(
                        Instant.parse("2026-11-23T08:00:00.000000007Z"), Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(updates(message(TokenSource.sword().with("updated_at", own))))
                .singleElement()
                .satisfies(update -> assertThat(update.version().time()).isEqualTo("2026-11-23T08:00:00.000000007Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{`                         | `,`                | `}`",
                "`{`                         | `,\n  `            | `\n}`",
                "`{\n\t `                    | ` , `              | ` }`",
                "`{ `                        | `\r\n, `           | `\t}`"
            })
    void isCutOutAnywhereWithOneComma(String open, String comma, String close) {
        for (String member : new String[] {
            "\"updated_at\":1795428000000",
            "\"updated_at\" \n: \"2026-11-23T08:00:00Z\"",
            "\"updated\\u005fat\":1795428000000",
            "\"\\u0075pdated_at\"\t:\t1795428000000"
        }) {
            String without = open + REST + comma + END + close;
            assertThat(sent(open + member + comma + REST + comma + END + close))
                    .as("first, %s", member)
                    .satisfies(text -> assertThat(text.replaceFirst("\\{\\s*", "{"))
                            .isEqualTo(without.replaceFirst("\\{\\s*", "{")));
            assertThat(sent(open + REST + comma + member + comma + END + close).replaceAll("\\s+", ""))
                    .as("in the middle, %s", member)
                    .isEqualTo(without.replaceAll("\\s+", ""));
            assertThat(sent(open + REST + comma + END + comma + member + close).replaceAll("\\s+", ""))
                    .as("last, %s", member)
                    .isEqualTo(without.replaceAll("\\s+", ""));
        }
    }

    @Test
    void leavesEverythingElseUnchanged() {
        String token = "{" + REST + " , \"a , } b\" : \" , \\\" } \", \"updated_at\":1795428000000 ,\t" + END + " }";

        assertThat(sent(token)).isEqualTo("{" + REST + " , \"a , } b\" : \" , \\\" } \" ,\t" + END + " }");
    }

    @Test
    void isCutOutBetweenStringsThatEndInBracesAndCommas() {
        String before = "{" + REST + "," + END + ",\"x\":\"{,\"";

        assertThat(sent(before + ",\"updated_at\":1795428000000,\"y\":\",}\"}")).isEqualTo(before + ",\"y\":\",}\"}");
    }

    @Test
    void leavesNoTraceInTheHash() {
        assertThat(MessageReading.valid(TokenSource.sword().with("updated_at", "1795428000123"))
                        .version())
                .isEqualTo(MessageReading.valid(TokenSource.sword()).version());
    }

    @Test
    void passesIfItIsNotTheTokensOwn() {
        TokenSource token = TokenSource.sword()
                .with("history", "{\"updated_at\":\"x\",\"b\":[{\"updated_at\":null}]}")
                .with("updated", "1");

        assertThat(sent(token)).isEqualTo(token.toString());
        assertThat(sent(token.with("updated_at", "1795428000000"))).isEqualTo(token.toString());
    }
}
