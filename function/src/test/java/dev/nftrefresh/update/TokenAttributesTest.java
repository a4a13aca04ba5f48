package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.rejection;
import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenAttributesTest {
    private static void assertPasses(String attributes) {
        TokenSource token = TokenSource.sword().with("attributes", attributes);
        assertThat(sent(token)).isEqualTo(token.toString());
    }

    private static void assertInvalid(String attributes, String detail) {
        Rejection rejection = rejection(TokenSource.sword("9").with("attributes", attributes));
        assertThat(rejection.reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(rejection.detail()).isEqualTo("Token 9 (nft_metadata[0]) is refused: " + detail + ".");
    }

    private static String attribute(String member) {
        return "[{\"trait_type\":\"Power\",\"value\":1," + member + "}]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[ ]"})
    void mayBeNullOrEmpty(String attributes) {
        assertPasses(attributes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "true", "{\"trait_type\":\"a\",\"value\":1}"})
    void areAnArray(String attributes) {
        assertInvalid(attributes, "attributes is neither an array nor null");
    }

    @Test
    void thatAreAJsonStringAreReportedAsSuch() {
        assertInvalid(
                "\"[]\"", "attributes is neither an array nor null: it is a string; take the quotes around it away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"a\"", "[]", "true", "[{\"trait_type\":\"a\",\"value\":1}]"})
    void areObjects(String element) {
        assertInvalid("[{\"trait_type\":\"a\",\"value\":1}," + element + "]", "attributes[1] is not an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Happy\"", "\"\"", "0", "-1.50", "1e400", "true", "false"})
    void haveAStringNumberOrBooleanAsValue(String value) {
        assertPasses("[{\"trait_type\":\"Mood\",\"value\":" + value + "}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "[1]", "{\"value\":1}"})
    void haveNothingElseAsValue(String value) {
        assertInvalid(
                "[{\"trait_type\":\"Mood\",\"value\":" + value + "}]",
                "attributes[0].value is not a string, number or boolean");
    }

    @Test
    void needATraitTypeAndAValue() {
        assertInvalid("[{\"trait_type\":\"Mood\"}]", "attributes[0].value is missing");
        assertInvalid("[{\"value\":1}]", "attributes[0].trait_type is missing");
        assertInvalid("[{}]", "attributes[0].trait_type is missing; attributes[0].value is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[]", "{}"})
    void haveAStringAsTraitType(String value) {
        assertInvalid("[{\"trait_type\":" + value + ",\"value\":1}]", "attributes[0].trait_type is not a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "\"number\"", "\"boost_percentage\"", "\"boost_number\"", "\"date\"", "\"d\\u0061te\""})
    void haveOneOfFourDisplayTypesOrNull(String value) {
        assertPasses(attribute("\"display_type\":" + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"Number\"", "\"string\"", "\"number \"", "1", "true", "[]", "{}", "[\"number\"]"})
    void haveNoOtherDisplayType(String value) {
        assertInvalid(
                attribute("\"display_type\":" + value),
                "attributes[0].display_type is not one of number, boost_percentage, boost_number, date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.0", "{\"a\":[{}]}", "[[],{\"value\":null}]", "\"\\u00e9\""})
    void letOtherFieldsPass(String value) {
        assertPasses(attribute("\"max_value\":" + value));
    }

    /** Only the token's own time is ours; here it is data of the game. */
    @Test
    void acceptATimeOfTheirOwn() {
        assertPasses(attribute("\"updated_at\":\"long ago\""));
        assertPasses("[{\"updated_at\":1,\"trait_type\":\"a\",\"value\":1}]");
    }

    @Test
    void areReadToTheirEndAfterAFault() {
        assertInvalid(
                "[{\"trait_type\":[{\"x\":[]}],\"value\":{\"y\":{}}},5,{\"display_type\":{}}]",
                "attributes[0].trait_type is not a string; attributes[0].value is not a string, number or boolean; "
                        + "attributes[1] is not an object");
    }
}
