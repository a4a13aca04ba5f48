package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The validator that every other test trusts does find faults. */
final class OpenApiContractTest {
    @Test
    void aConformingRequestHasNoFault() {
        String token = ProducerMessages.token(1)
                .replace(
                        "\"attributes\":[]",
                        "\"attributes\":[{\"display_type\":null,\"trait_type\":\"a\",\"value\":1e400},"
                                + "{\"display_type\":\"date\",\"trait_type\":\"b\",\"value\":true},"
                                + "{\"trait_type\":\"c\",\"value\":\"text\",\"more\":[]}]");

        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(token)))
                .isEmpty();
        assertThat(OpenApiContract.violations(
                        ProducerMessages.requestBody(token.replace("\"attributes\":[", "\"attributes\":null,\"a\":["))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"nft_metadata\":[]}",
                "{\"nft_metadata\":[{}]}",
                "{\"nft_metadata\":[{\"token_id\":1}]}",
            })
    void anythingButAListOfTokensIsAFault(String body) {
        assertThat(OpenApiContract.violations(body)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "description", "image", "external_url", "animation_url", "youtube_url", "attributes"})
    void aTokenNeedsEachOfItsFields(String field) {
        String token = ProducerMessages.token(1).replace('"' + field + '"', "\"other\"");

        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(token)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trait_type\":\"a\",\"value\":null}",
                "{\"trait_type\":\"a\",\"value\":[]}",
                "{\"trait_type\":\"a\"}",
                "{\"value\":1}",
                "{\"trait_type\":\"a\",\"value\":1,\"display_type\":\"colour\"}",
            })
    void anInvalidAttributeIsAFault(String attribute) {
        String token = ProducerMessages.token(1).replace("\"attributes\":[]", "\"attributes\":[" + attribute + "]");

        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(token)))
                .isNotEmpty();
    }

    @Test
    void moreThan250TokensAreAFault() {
        List<String> tokens = ProducerMessages.tokens(0, 251);

        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(tokens.toArray(String[]::new))))
                .isNotEmpty();
        assertThat(OpenApiContract.violations(
                        ProducerMessages.requestBody(tokens.subList(0, 250).toArray(String[]::new))))
                .isEmpty();
    }

    @Test
    void tooLargeATokenOrBodyIsAFault() {
        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(ProducerMessages.tokenOfBytes(1, 16_384))))
                .isEmpty();
        assertThat(OpenApiContract.violations(ProducerMessages.requestBody(ProducerMessages.tokenOfBytes(1, 16_385))))
                .isNotEmpty();
        assertThat(OpenApiContract.violations(
                        " ".repeat(233_472) + ProducerMessages.requestBody(ProducerMessages.token(1))))
                .isNotEmpty();
    }
}
