package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.ADDRESS;
import static dev.nftrefresh.update.MessageReading.CHAIN;
import static dev.nftrefresh.update.MessageReading.array;
import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.read;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.updates;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageEnvelopeTest {
    private static void assertInvalid(String body, String... words) {
        Rejection rejection = refused(body);
        assertThat(rejection.reason()).isEqualTo(RejectReason.INVALID_MESSAGE);
        assertThat(rejection.detail())
                .startsWith("The message is refused: ")
                .contains(words)
                .endsWith(".");
    }

    private static String body(String chain, String address, String tokens) {
        return "{\"chain_name\":%s,\"contract_address\":%s,\"nft_metadata\":%s}".formatted(chain, address, tokens);
    }

    @Test
    void acceptsTheFourFieldsInAnyOrder() {
        String body =
                "{\"nft_metadata\":%s,\"updated_at\":\"2026-11-23T09:00:00Z\",\"contract_address\":\"%s\",\"chain_name\":\"%s\"}"
                        .formatted(array(TokenSource.sword("7")), ADDRESS, CHAIN);

        UpdateMessage message = readable(body);

        assertThat(message.collection()).isEqualTo(new CollectionId(CHAIN, ADDRESS));
        assertThat(message.updatedAt()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(updates(body)).singleElement().satisfies(update -> {
            assertThat(update.key()).isEqualTo(new TokenKey(message.collection(), "7"));
            assertThat(update.version().time()).isEqualTo("2026-11-23T09:00:00Z");
        });
    }

    @Test
    void acceptsNamesWrittenWithEscapes() {
        assertThat(updates(message(TokenSource.sword()).replace("chain_name", "chain\\u005fname")))
                .hasSize(1);
    }

    @Test
    void acceptsMoreTokensThanARequestHolds() {
        var tokens = new Object[1_000];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = TokenSource.sword(Integer.toString(i));
        }

        assertThat(updates(message(tokens)))
                .extracting(update -> update.key().tokenId())
                .hasSize(1_000)
                .startsWith("0", "1")
                .endsWith("998", "999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "typo",
                "chainName",
                "Chain_name",
                "chain_name ",
                "nft_metadata2",
                "",
                "token_id",
                "updatedAt",
                "_"
            })
    void refusesAnyOtherField(String name) {
        assertInvalid(messageWith('"' + name + "\":null,", TokenSource.sword()), '"' + name + '"', "unknown");
        assertInvalid(messageWith('"' + name + "\":{\"a\":[1,\"b\"]},", TokenSource.sword()), '"' + name + '"');
    }

    @Test
    void keepsTheSentenceShortAndWholeHoweverLongTheUnknownField() {
        String face = "\ud83d\ude00";
        String detail =
                refused(messageWith("\"x" + face.repeat(10_000) + "\":1,")).detail();

        assertThat(detail).hasSizeLessThan(400);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(detail)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain_name", "contract_address", "nft_metadata"})
    void rejectsAMessageWithoutOneOfTheThreeRequiredFields(String field) {
        String without = message(TokenSource.sword())
                .replace('"' + field + '"', "\"updated_at\"")
                .replaceFirst("\"updated_at\":(\"[^\"]*\"|\\[.*])", "\"updated_at\":\"2026-11-23T09:00:00Z\"");

        assertInvalid(without, field + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "[]", "{}", "[\"" + CHAIN + "\"]"})
    void refusesAChainNameThatIsNoString(String value) {
        assertInvalid(body(value, '"' + ADDRESS + '"', array(TokenSource.sword())), "chain_name is not a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "[]", "{}"})
    void refusesAContractAddressThatIsNoString(String value) {
        assertInvalid(body('"' + CHAIN + '"', value, array(TokenSource.sword())), "contract_address is not a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e0",
                "8a90cab2b38dba80c64b7734e58ee1db38b8992e",
                "0X8a90cab2b38dba80c64b7734e58ee1db38b8992e",
                "1x8a90cab2b38dba80c64b7734e58ee1db38b8992e",
                "0xga90cab2b38dba80c64b7734e58ee1db38b8992e",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992@",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992`",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992/",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992:",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992G",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992 ",
                " 0x8a90cab2b38dba80c64b7734e58ee1db38b8992",
                "0x\uff18a90cab2b38dba80c64b7734e58ee1db38b8992e",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992\u0665",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e\\n"
            })
    void refusesAnAddressThatIsNot0xAnd40HexadecimalDigits(String address) {
        assertInvalid(
                body('"' + CHAIN + '"', '"' + address + '"', array(TokenSource.sword())),
                "contract_address",
                "40 hexadecimal digits");
    }

    @Test
    void showsAnInvalidAddress() {
        assertInvalid(
                body('"' + CHAIN + '"', "\"0x8a90\"", array(TokenSource.sword())),
                "contract_address is not 0x and 40 hexadecimal digits: it is \"0x8a90\"");
    }

    @Test
    void keepsTheAddressAsItWasWrittenAndKnowsTheTokenByLowerCase() {
        String written = "0x8A90CAB2B38DBA80C64B7734E58EE1DB38B8992E";

        String body = message(TokenSource.sword()).replace(ADDRESS, written);

        assertThat(readable(body).collection().contractAddress()).isEqualTo(written);
        assertThat(updates(body))
                .singleElement()
                .satisfies(update ->
                        assertThat(update.key().collection().contractAddress()).isEqualTo(ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "\"[]\"", "1", "true"})
    void refusesTokensThatAreNoArray(String value) {
        assertInvalid(body('"' + CHAIN + '"', '"' + ADDRESS + '"', value), "nft_metadata is not an array");
    }

    @Test
    void rejectsAMessageWithoutTokens() {
        assertInvalid(message(), "nft_metadata is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "1", "-1.5e3", "null", "true", "\"text\"", "\"{}\""})
    void rejectsAMessageThatIsNoObject(String body) {
        assertInvalid(body, "not a JSON object");
    }

    @ParameterizedTest
    @CsvSource({"0,[]", "1,[1]", "3,'[1,{},[2]]'"})
    void countsTheTokensOfARefusedMessage(int tokens, String array) {
        assertThat(read(body("null", '"' + ADDRESS + '"', array)))
                .isInstanceOfSatisfying(
                        MessageReadResult.Rejected.class,
                        refused -> assertThat(refused.tokens()).isEqualTo(tokens));
    }

    @Test
    void saysTheFirstOfSeveralFaults() {
        assertInvalid(messageWith("\"first\":1,\"second\":2,"), "\"first\"");
    }

    private static String of(int count, String element) {
        return body('"' + CHAIN + '"', '"' + ADDRESS + '"', "[" + (element + ",").repeat(count - 1) + element + "]");
    }

    @Test
    void accepts10000Elements() {
        assertThat(readable(of(9_999, "1")).elements()).hasSize(9_999);
        assertThat(readable(of(10_000, "1")).elements()).hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "[[]]", "\"x\""})
    void refusesAMessageOfMoreThan10000ElementsAndCountsThem(String element) {
        assertInvalid(of(10_001, element), "nft_metadata has 10,001 elements", "10,000");
        assertInvalid(of(200_000, element), "200,000");
        assertThat(read(of(200_000, element)))
                .isInstanceOfSatisfying(
                        MessageReadResult.Rejected.class,
                        refused -> assertThat(refused.tokens()).isEqualTo(200_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "01", "\"x", "]]"})
    void saysThatItIsNotJsonEvenIfTheFaultIsAfterTheLastElementThatCounts(String broken) {
        assertThat(refused(of(20_000, "1").replace("1]", broken + "]")).reason())
                .isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void refusesAChainNameThatIsTooLongForAnyChain() {
        assertInvalid(message(TokenSource.sword()).replace(CHAIN, "x".repeat(201)), "chain_name has 201 characters");
        assertThat(readable(message(TokenSource.sword()).replace(CHAIN, "x".repeat(200)))
                        .elements())
                .hasSize(1);
    }

    @Test
    void keepsTheSentencesOfTheFirstHundredRefusedTokensOfAReasonOnly() {
        UpdateMessage message = readable(message(of300(1), of300(2)));

        List<String> details = message.elements().stream()
                .map(element -> ((UpdateMessage.Invalid) element).rejection().detail())
                .toList();
        assertThat(details).hasSize(300);
        assertThat(details.get(99)).startsWith("nft_metadata[99]");
        assertThat(details.get(100)).contains("Over 100 tokens").isSameAs(details.get(299));
    }

    private static String of300(int half) {
        return "{},".repeat(149) + "{\"a\":" + half + "}";
    }
}
