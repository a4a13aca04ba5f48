package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.rejection;
import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFieldsTest {
    private static void assertInvalid(Object token, String... words) {
        Rejection rejection = rejection(token);
        assertThat(rejection.reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(rejection.detail())
                .contains("nft_metadata[0]")
                .contains(words)
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "description", "image", "external_url", "animation_url", "youtube_url", "attributes"})
    void needsEachFieldButTakesNullForIt(String field) {
        assertInvalid(TokenSource.sword("42").without(field), "Token 42 ", field + " is missing");

        TokenSource withNull = TokenSource.sword().with(field, "null");
        assertThat(sent(withNull)).isEqualTo(withNull.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "image", "external_url", "animation_url", "youtube_url"})
    void acceptsAnyStringInATextFieldAndNothingElse(String field) {
        TokenSource empty = TokenSource.sword().with(field, "\"\"");
        assertThat(sent(empty)).isEqualTo(empty.toString());
        for (String wrong : new String[] {"1", "true", "[]", "{}", "[\"a\"]", "{\"a\":\"b\"}", "1.5e3"}) {
            assertInvalid(TokenSource.sword().with(field, wrong), field + " is neither a string nor null");
        }
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertInvalid("{}", "token_id, name, description, image, external_url, animation_url, youtube_url, attributes");
        assertInvalid(
                TokenSource.sword("5").without("image").without("attributes"),
                "Token 5 ",
                "image, attributes are missing");
    }

    @Test
    void treatsAFieldInAnotherCaseAsAnotherField() {
        assertInvalid(TokenSource.sword().without("name").with("Name", "\"Sword\""), "name is missing");
    }

    @Test
    void needsTheFieldsInTheTokenItselfAndNotDeeper() {
        assertInvalid(TokenSource.sword().without("name").with("more", "{\"name\":\"Sword\"}"), "name is missing");
    }

    @Test
    void acceptsTheFieldsInAnyOrder() {
        String backwards =
                "{\"attributes\":[],\"youtube_url\":null,\"animation_url\":null,\"external_url\":null,\"image\":null,\"description\":null,\"name\":null,\"token_id\":\"1\"}";

        assertThat(sent(backwards)).isEqualTo(backwards);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"Epic\"",
                "12.50",
                "false",
                "[1,[2,{}]]",
                "{\"token_id\":2,\"attributes\":\"x\",\"a\":{}}"
            })
    void letsOtherFieldsPass(String value) {
        TokenSource token = TokenSource.sword().with("rarity", value).with("", value);

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"1\"", "true", "[]", "[{}]", "-12.5E-3", "\"\\u00e9\\\"\""})
    void rejectsAnElementThatIsNoObjectAndKeepsItUnchanged(String element) {
        var invalid = (Invalid) readable(message(TokenSource.sword(), " " + element + "\n", TokenSource.sword()))
                .elements()
                .get(1);

        assertThat(invalid.raw()).hasToString(element);
        assertThat(invalid.tokenId()).isEqualTo("?");
        assertThat(invalid.rejection().reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(invalid.rejection().detail()).isEqualTo("nft_metadata[1] is refused: it is not an object.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"updated_at\" : 5 , \"token_id\" : \"1\" }",
                "{\n\t\"name\": \"S\\u00e9\\/\" ,\"x\":1E400,\"updated_at\":\"bad\"\r\n}",
                "{\"token_id\":17}"
            })
    void keepsARejectedTokenUnchangedIncludingItsOwnTime(String token) {
        var invalid = (Invalid) readable(message(TokenSource.sword(), "\t" + token + " ", TokenSource.sword()))
                .elements()
                .get(1);

        assertThat(invalid.raw()).hasToString(token);
    }

    @Test
    void keepsATokenThatIsTooLargeWithItsWhiteSpace() {
        String token = TokenSource.sword().ofBytes(16_385).toString().replace("{", "{ \n ");

        var invalid = (Invalid) readable(message(token)).elements().getFirst();

        assertThat(invalid.raw()).hasToString(token);
    }

    @ParameterizedTest
    @CsvSource({
        "1,                1",
        "0,                0",
        "007,              7",
        "000,              0",
        "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000012, 12",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935, 115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "00115792089237316195423570985008687907853269984665640564039457584007913129639935, 115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "99999999999999999999999999999999999999999999999999999999999999999999999999999, 99999999999999999999999999999999999999999999999999999999999999999999999999999"
    })
    void knowsATokenByItsIdWithoutLeadingZerosButSendsItAsItWasWritten(String written, String known) {
        TokenUpdate update = MessageReading.valid(TokenSource.sword(written));

        assertThat(update.key().tokenId()).isEqualTo(known);
        assertThat(update.json().toString()).contains("\"token_id\":\"" + written + '"');
    }

    @Test
    void readsAnIdThatIsWrittenWithEscapes() {
        assertThat(MessageReading.valid(TokenSource.sword("\\u0031\\u0032"))
                        .key()
                        .tokenId())
                .isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\"",
                "\"200000000000000000000000000000000000000000000000000000000000000000000000000000\"",
                "\"1000000000000000000000000000000000000000000000000000000000000000000000000000000\"",
                "\"\"",
                "\"+1\"",
                "\"-1\"",
                "\"1.0\"",
                "\"1e3\"",
                "\"0x1\"",
                "\" 1\"",
                "\"1 \"",
                "\"1,000\"",
                "\"one\"",
                "\"\u0661\"",
                "\"\uff11\"",
                "\"1\u0660\"",
                "\"1\\u0000\"",
                "\":\"",
                "\"/\"",
                "1",
                "0",
                "1.5",
                "null",
                "true",
                "[]",
                "{}",
                "[\"1\"]",
                "{\"token_id\":\"1\"}"
            })
    void refusesAnIdThatIsNoDecimalUint256AsString(String id) {
        assertInvalid(TokenSource.sword().with("token_id", id), "nft_metadata[0] is refused", "token_id", "2^256");
    }

    @Test
    void refusesATokenWithoutId() {
        assertInvalid(
                TokenSource.sword().without("token_id"),
                "token_id is missing: write the token's id as a string of decimal digits.");
    }

    @Test
    void advisesNullOnlyForFieldsThatMayBeNull() {
        assertInvalid(
                TokenSource.sword("5").without("image").without("name"),
                "name, image are missing: write null where there is none.");
        assertInvalid(
                TokenSource.sword().without("token_id").without("name"),
                "token_id, name are missing: write the token's id as a string of decimal digits, and null for another "
                        + "field where there is none.");
    }

    @Test
    void saysSeveralFaultsAtOnceButNoMoreThanFive() {
        assertInvalid(
                TokenSource.sword().with("name", "1").with("image", "true"),
                "name is neither a string nor null: it is the number 1; quote it: \"1\"; "
                        + "image is neither a string nor null: it is true.");
        String sixth = "youtube_url";
        Rejection rejection = rejection(TokenSource.sword()
                .with("name", "1")
                .with("description", "1")
                .with("image", "1")
                .with("external_url", "1")
                .with("animation_url", "1")
                .with(sixth, "1"));
        assertThat(rejection.detail()).contains("animation_url").doesNotContain(sixth);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | it is the number 5; quote it: \"5\".",
                "-5 | it is the number -5.",
                "5.0 | it is the number 5.0.",
                "null | it is null.",
                "true | it is true.",
                "\"0x5\" | it is \"0x5\".",
                "\"\" | it is \"\".",
                "[5] | it is an array.",
                "{} | it is an object."
            })
    void anInvalidTokenIdIsShown(String value, String end) {
        assertThat(MessageReading.rejection(TokenSource.sword().with("token_id", value))
                        .detail())
                .endsWith("token_id is not a string of decimal digits below 2^256: " + end);
    }
}
