package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeepNestingTest {
    private static String nested(String open, String close, int levels) {
        return open.repeat(levels) + "1" + close.repeat(levels);
    }

    @Test
    void passesUnchangedWithin16KiB() {
        for (String value : new String[] {nested("[", "]", 5_000), nested("{\"a\":", "}", 2_500)}) {
            TokenSource token = TokenSource.sword().with("deep", value);
            assertThat(sent(token)).isEqualTo(token.toString());
        }
    }

    @Test
    void of200000LevelsMakesOneTokenTooLargeAndDoesNotAffectItsNeighbours() {
        for (String value : new String[] {nested("[", "]", 200_000), nested("{\"a\":", "}", 150_000)}) {
            String deep = TokenSource.sword("2").with("deep", value).toString();

            UpdateMessage message = readable(message(TokenSource.sword("1"), deep, TokenSource.sword("3")));

            assertThat(message.elements())
                    .extracting(element -> element instanceof Valid)
                    .containsExactly(true, false, true);
            var invalid = (Invalid) message.elements().get(1);
            assertThat(invalid.rejection().reason()).isEqualTo(RejectReason.TOKEN_TOO_LARGE);
            assertThat(invalid.raw().toString()).isEqualTo(deep);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "token_id", "attributes", "updated_at"})
    void inAFieldThatTakesNoneIsThatTokensFault(String field) {
        String deep = nested("[", "]", 100_000);

        var invalid = (Invalid) readable(message(TokenSource.sword().with(field, deep), TokenSource.sword()))
                .elements()
                .getFirst();

        assertThat(invalid.rejection().reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(invalid.rejection().detail()).hasSizeLessThan(200).contains(field);
    }

    @Test
    void inAnAttributeIsThatTokensFault() {
        String deep = nested("{\"a\":", "}", 100_000);

        for (String attributes : new String[] {
            "[" + deep + "]", "[{\"trait_type\":\"a\",\"value\":" + deep + "}]", nested("[", "]", 100_000), deep
        }) {
            assertThat(MessageReading.rejection(TokenSource.sword().with("attributes", attributes))
                            .reason())
                    .isEqualTo(RejectReason.INVALID_TOKEN);
        }
    }

    @Test
    void inTheEnvelopeIsTheMessagesFault() {
        String deep = nested("[", "]", 100_000);

        assertThat(refused(messageWith("\"typo\":" + deep + ",", TokenSource.sword()))
                        .reason())
                .isEqualTo(RejectReason.INVALID_MESSAGE);
        assertThat(refused(messageWith("\"updated_at\":" + deep + ",", TokenSource.sword()))
                        .reason())
                .isEqualTo(RejectReason.INVALID_MESSAGE);
        assertThat(refused(deep).reason()).isEqualTo(RejectReason.INVALID_MESSAGE);
    }

    @Test
    void thatNeverClosesIsMalformed() {
        assertThat(refused("[".repeat(1_000_000)).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
        assertThat(refused(message("{\"a\":".repeat(200_000))).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }
}
