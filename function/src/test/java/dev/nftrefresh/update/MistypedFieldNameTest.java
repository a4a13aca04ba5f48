package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.rejection;
import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MistypedFieldNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "updatedAt",
                "UPDATED_AT",
                "Updated At",
                "updated-at",
                "updatedat",
                "_updated__at_",
                "update_at",
                "updated_a",
                "pdated_at",
                "updated_att",
                "upddated_at",
                "updated.at",
                "updated_et",
                "udpated_at",
                "updated_ta"
            })
    void aTokensUpdatedAtThatIsMistypedIsRefused(String name) {
        Rejection refused = rejection(TokenSource.sword().with(name, "\"2026-11-23T09:00:00Z\""));

        assertThat(refused.reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(refused.detail()).contains("it has " + name, "did you mean updated_at? Rename or remove it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created_at",
                "updated",
                "updated_on",
                "updt_at",
                "atupdated_",
                "updated_at_by",
                "owner_email",
                "",
                "_"
            })
    void anyOtherFieldOfATokenPassesThrough(String name) {
        TokenSource token = TokenSource.sword().with(name, "1");

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @Test
    void aMistypedUpdatedAtInsideAnotherFieldPassesThrough() {
        TokenSource token = TokenSource.sword().with("more", "{\"updatedAt\":1}");

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"displayType", "Display-Type", "display_typ", "display_types", "dispaly_type", "display_tipe"})
    void anAttributesDisplayTypeThatIsMistypedIsRefused(String name) {
        Rejection refused = rejection(TokenSource.sword()
                .with("attributes", "[{\"trait_type\":\"a\",\"value\":1,\"%s\":\"number\"}]".formatted(name)));

        assertThat(refused.reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(refused.detail())
                .contains("attributes[0] has " + name, "did you mean display_type? Rename or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_value", "display", "type", "updatedAt"})
    void anyOtherFieldOfAnAttributePassesThrough(String name) {
        TokenSource token = TokenSource.sword()
                .with("attributes", "[{\"trait_type\":\"a\",\"value\":1,\"%s\":\"number\"}]".formatted(name));

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @Test
    void aMissingFieldIsReportedTogetherWithTheOneInItsPlace() {
        assertThat(rejection(TokenSource.sword("7").without("attributes").with("atributes", "null"))
                        .detail())
                .isEqualTo(
                        "Token 7 (nft_metadata[0]) is refused: attributes is missing; did you mean atributes? Rename it.");
        assertThat(rejection(TokenSource.sword("7")
                                .without("attributes")
                                .without("name")
                                .with("atributes", "null"))
                        .detail())
                .endsWith(
                        "name is missing: write null where there is none; attributes is missing; did you mean atributes? Rename it.");
        assertThat(rejection(TokenSource.sword("7").without("attributes").with("other", "null"))
                        .detail())
                .endsWith("attributes is missing: write null where there is none.");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"traitType\":\"a\",\"value\":1}',attributes[0].trait_type is missing; did you mean traitType? Rename it.",
        "'{\"trait_type\":\"a\",\"values\":1}',attributes[0].value is missing; did you mean values? Rename it."
    })
    void soIsAMissingFieldOfAnAttribute(String attribute, String clause) {
        assertThat(rejection(TokenSource.sword().with("attributes", "[" + attribute + "]"))
                        .detail())
                .endsWith(clause);
    }

    @ParameterizedTest
    @CsvSource({
        "chainName,chain_name",
        "contractAddress,contract_address",
        "updatedAt,updated_at",
        "nft_metdata,nft_metadata"
    })
    void anUnknownFieldOfAMessageIsReportedTogetherWithTheOneThatWasMeant(String name, String meant) {
        assertThat(refused(messageWith("\"" + name + "\":null,", TokenSource.sword()))
                        .detail())
                .isEqualTo(
                        "The message is refused: the field \"%s\" is unknown; did you mean %s? A message has chain_name,"
                                        .formatted(name, meant)
                                + " contract_address, updated_at and nft_metadata.");
    }

    @Test
    void controlCharactersAreShownAsEscapes() {
        String detail = refused(messageWith("\"a\\u202e\\u009b1m\":null,")).detail();

        assertThat(detail).contains("\"a\\u202e\\u009b1m\"");
    }
}
