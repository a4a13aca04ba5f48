package dev.nftrefresh.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidatorTest {
    private static final BigInteger LARGEST_ID = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private static List<String> check(String body) throws NonconformingRequestException {
        return RequestValidator.check(body.getBytes(StandardCharsets.UTF_8)).stream()
                .map(ReceivedToken::tokenId)
                .toList();
    }

    private static void assertRefused(String body, String why) {
        assertThatThrownBy(() -> check(body))
                .isInstanceOf(NonconformingRequestException.class)
                .hasMessageContaining(why);
    }

    @Test
    void accepts250TokensAndNoMore() throws Exception {
        assertThat(check(RequestBodies.bodyOfTokens(250))).hasSize(250);
        assertRefused(RequestBodies.bodyOfTokens(251), "251 tokens");
        assertRefused(RequestBodies.body(), "0 tokens");
    }

    @Test
    void accepts228KibibytesAndNoMore() throws Exception {
        String largest = RequestBodies.bodyOfBytes(233_472);
        assertThat(RequestBodies.size(largest)).isEqualTo(233_472);
        assertThat(check(largest)).isNotEmpty();
        assertRefused(RequestBodies.bodyOfBytes(233_473), "233473 bytes");
    }

    @Test
    void acceptsTokensOf16KibibytesAndNoLarger() throws Exception {
        String largest = RequestBodies.tokenOfBytes(16_384);
        assertThat(RequestBodies.size(largest)).isEqualTo(16_384);
        assertThat(check("{ \"nft_metadata\" : [ " + RequestBodies.token("2") + " , " + largest + " ] }"))
                .hasSize(2);
        assertRefused(
                RequestBodies.body(RequestBodies.token("2"), RequestBodies.tokenOfBytes(16_385)),
                "nft_metadata[1] has 16385 bytes");
    }

    @Test
    void countsBytesAndNotCharacters() {
        String token = RequestBodies.token("1").replace("Sword", "é".repeat(8_192));

        assertThat(token).hasSizeLessThan(16_384);
        assertRefused(RequestBodies.body(token), "more than 16384");
    }

    @Test
    void acceptsTheSameTokenTwice() throws Exception {
        assertThat(check(RequestBodies.body(RequestBodies.token("1"), RequestBodies.token("1"))))
                .containsExactly("1", "1");
    }

    @Test
    void acceptsAnyDepthThatFits() throws Exception {
        String deep = RequestBodies.token("1")
                .replace("{\"token_id", "{\"deep\":" + "[".repeat(2_000) + "]".repeat(2_000) + ",\"token_id");

        assertThat(check(RequestBodies.body(deep))).containsExactly("1");
    }

    @Test
    void acceptsAnyUint256() throws Exception {
        assertThat(check(RequestBodies.body(
                        RequestBodies.token("0"),
                        RequestBodies.token("007"),
                        RequestBodies.token(LARGEST_ID.toString()))))
                .hasSize(3);
        assertRefused(
                RequestBodies.body(
                        RequestBodies.token(LARGEST_ID.add(BigInteger.ONE).toString())),
                "not a uint256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0x1", "1.0", " 1", "١", "a"})
    void refusesIdsThatAreNotDecimal(String id) {
        assertRefused(RequestBodies.body(RequestBodies.token(id)), "token_id is not a uint256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-0.0", "12345678901234567890.123456789", "true", "\"\"", "\"text\""})
    void acceptsNumbersTextsAndBooleansAsValues(String value) throws Exception {
        assertThat(check(RequestBodies.body(RequestBodies.token("1").replace(":10}", ":" + value + "}"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]"})
    void refusesOtherValues(String value) {
        assertRefused(
                RequestBodies.body(RequestBodies.token("1").replace(":10}", ":" + value + "}")),
                "attributes[0].value is not a text, number or boolean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":\"Sword\",           |                             | lacks a required field",
                "\"youtube_url\":null,         |                             | lacks a required field",
                "\"token_id\":\"1\",           |                             | lacks a required field",
                "\"token_id\":\"1\"            | \"token_id\":1              | token_id is not a text",
                "\"name\":\"Sword\"            | \"name\":5                  | name is not a text",
                "\"image\":null                | \"image\":{}                | image is not a text",
                "\"image\":null                | \"image\":null,\"image\":null | Duplicate field",
                "\"trait_type\":\"Power\",     |                             | lacks trait_type or value",
                "\"trait_type\":\"Power\"      | \"trait_type\":null         | trait_type is not a text",
                ",\"value\":10                 |                             | lacks trait_type or value",
                "\"display_type\":\"number\"   | \"display_type\":\"colour\" | display_type is none of",
                "\"display_type\":\"number\"   | \"display_type\":5          | display_type is none of",
            })
    void refusesTokensThatAreNotAsRequired(String part, String replacement, String why) {
        String with = replacement == null ? "" : replacement;
        assertThat(RequestBodies.token("1")).contains(part);
        assertRefused(RequestBodies.body(RequestBodies.token("1").replace(part, with)), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"attributes\":null", "\"attributes\":[]", "\"attributes\":[],\"more\":{\"of\":[1]}"})
    void acceptsTokensWithoutAttributesAndWithUnknownFields(String attributes) throws Exception {
        String token = RequestBodies.token("1").replaceAll("\"attributes\":.*]", attributes);

        assertThat(check(RequestBodies.body(token))).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                    | is not an object",
                "null                  | is not an object",
                "{}                    | nft_metadata is missing",
                "{\"nft_metadata\":{}} | nft_metadata is not a list",
                "{\"nft_metadata\":[1]}| nft_metadata[0] is not an object",
                "{\"nft_metadata\":[   | is not JSON",
                "not                   | is not JSON",
            })
    void refusesBodiesThatAreNoRequests(String body, String why) {
        assertRefused(body, why);
    }

    @Test
    void refusesTrailingData() {
        assertRefused(RequestBodies.bodyOfTokens(1) + "{}", "something follows");
        assertRefused("", "is not an object");
    }
}
