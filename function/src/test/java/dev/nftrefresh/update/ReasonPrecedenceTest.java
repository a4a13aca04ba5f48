package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Of several reasons the first that applies, in the order of the contract. */
final class ReasonPrecedenceTest {
    private static final TokenSource NO_NAME = TokenSource.sword().without("name");
    private static final TokenSource HUGE = TokenSource.sword().ofBytes(16_385);
    private static final TokenSource HUGE_WITHOUT_IMAGE =
            HUGE.without("image").with("more", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14]");

    private static String otherChain(String body) {
        return body.replace(MessageReading.CHAIN, "imtbl-zkevm-mainnet");
    }

    private static List<RejectReason> reasons(String body) {
        return readable(body).elements().stream()
                .map(element -> ((Invalid) element).rejection().reason())
                .toList();
    }

    @Test
    void malformedJsonTakesPrecedenceOverEverythingEvenAtTheEnd() {
        String broken = otherChain(messageWith("\"typo\":1,\"updated_at\":1,", NO_NAME, HUGE)) + "x";

        assertThat(refused(broken).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void aDuplicateKeyInTheLastTokenTakesPrecedenceOverAnUnknownField() {
        String twice = messageWith("\"typo\":1,", NO_NAME, "{\"a\":1,\"a\":1}");

        assertThat(refused(twice).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void anInvalidMessageTakesPrecedenceOverTheWrongChainAndItsTokens() {
        assertThat(refused(otherChain(messageWith("\"typo\":1,", NO_NAME, HUGE)))
                        .reason())
                .isEqualTo(RejectReason.INVALID_MESSAGE);
        assertThat(refused(otherChain(messageWith("\"updated_at\":1,", NO_NAME)))
                        .reason())
                .isEqualTo(RejectReason.INVALID_MESSAGE);
    }

    @Test
    void theWrongChainTakesPrecedenceOverTheTokens() {
        assertThat(reasons(otherChain(message(NO_NAME, HUGE, TokenSource.sword(), 1))))
                .containsOnly(RejectReason.WRONG_CHAIN)
                .hasSize(4);
    }

    @Test
    void anInvalidTokenTakesPrecedenceOverItsSize() {
        assertThat(HUGE_WITHOUT_IMAGE.toString()).hasSizeGreaterThan(16_384);
        assertThat(reasons(message(HUGE_WITHOUT_IMAGE, HUGE)))
                .containsExactly(RejectReason.INVALID_TOKEN, RejectReason.TOKEN_TOO_LARGE);
    }

    @Test
    void aTokensOwnTimeTakesPrecedenceOverItsSize() {
        assertThat(rejection(HUGE.with("updated_at", "1")).reason()).isEqualTo(RejectReason.INVALID_TOKEN);
    }

    @Test
    void oneBadTokenDoesNotStopItsNeighbours() {
        List<UpdateMessage.MetadataElement> elements = readable(message(
                        TokenSource.sword("1"), NO_NAME, TokenSource.sword("2"), HUGE, "null", TokenSource.sword("3")))
                .elements();

        assertThat(elements)
                .extracting(element -> element instanceof Valid)
                .containsExactly(true, false, true, false, false, true);
        assertThat(elements)
                .extracting(UpdateMessage.MetadataElement::tokenId)
                .containsExactly("1", "1", "2", "1", "?", "3");
    }

    @Test
    void saysWhichTokenIsForWhichChain() {
        Invalid invalid = (Invalid) readable(otherChain(message("null", TokenSource.sword("007"))))
                .elements()
                .get(1);

        assertThat(invalid.rejection().detail())
                .isEqualTo("Token 7 (nft_metadata[1]) is for chain_name \"imtbl-zkevm-mainnet\","
                        + " but this environment serves only imtbl-zkevm-testnet.");
    }

    @Test
    void rejectsAChainNameThatOnlyLooksLikeItsOwn() {
        for (String name : List.of("", "IMTBL-ZKEVM-TESTNET", " imtbl-zkevm-testnet", "imtbl-zkevm-testnet2")) {
            String body = message(TokenSource.sword()).replace(MessageReading.CHAIN, name);
            assertThat(reasons(body)).containsExactly(RejectReason.WRONG_CHAIN);
        }
    }

    @Test
    void writesTheSizeTheSameInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(rejection(HUGE).detail())
                    .isEqualTo("Token 1 (nft_metadata[0]) has 16,385 bytes, more than the 16,384 that the API takes.");
        } finally {
            Locale.setDefault(before);
        }
    }
}
