package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CollidingFieldNamesTest {
    private static final int ENOUGH = 2_000;
    /** A megabyte of them. */
    private static final int MANY = 33_000;

    private static String object(List<String> names) {
        return "{\"" + String.join("\":1,\"", names) + "\":1}";
    }

    @Test
    void areManyEnoughToFillTheTable() {
        assertThatCode(() -> {
                    try (var parser = new JsonFactory()
                            .createParser(object(CollidingFieldNames.of(ENOUGH)).getBytes(StandardCharsets.UTF_8))) {
                        while (parser.nextToken() != null) {}
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("collisions");
    }

    @Test
    @Timeout(60)
    void costNoMoreThanOthersAndRejectOnlyTheirOwnToken() {
        String tooLarge = TokenSource.sword("2")
                .with("more", object(CollidingFieldNames.of(MANY)))
                .toString();

        UpdateMessage message = readable(message(TokenSource.sword("1"), tooLarge, TokenSource.sword("3")));

        assertThat(message.elements())
                .extracting(element -> element instanceof Valid)
                .containsExactly(true, false, true);
        assertThat(((UpdateMessage.Invalid) message.elements().get(1)).raw()).hasToString(tooLarge);
    }

    @Test
    void passUnchangedBesideCharactersOfAnyLengthAndWithAnUpdatedAtCutOut() {
        String wide = "{\"aé漢😀\\u00e9\\ud83d\\ude00\":\"é漢😀\"}";
        TokenSource token = TokenSource.sword("1")
                .with("name", "\"é漢😀 Sword\"")
                .with("wide", wide)
                .with("more", object(CollidingFieldNames.of(400)));
        TokenSource other = TokenSource.sword("2")
                .with("more", object(CollidingFieldNames.of(500).subList(400, 500)));
        TokenSource dated = TokenSource.sword("3").with("wide", wide).with("updated_at", "\"2026-11-23T09:00:00Z\"");

        List<TokenUpdate> updates = MessageReading.updates(message(token, other, dated));

        assertThat(updates.get(0).json()).hasToString(token.toString());
        assertThat(updates.get(1).json()).hasToString(other.toString());
        assertThat(updates.get(2).json())
                .hasToString(dated.without("updated_at").toString());
    }

    @Test
    void thatOccurTwiceAreMalformed() {
        List<String> names = new ArrayList<>(CollidingFieldNames.of(ENOUGH));
        names.add(names.get(7));

        assertThat(refused(message(TokenSource.sword().with("more", object(names))))
                        .reason())
                .isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void leaveTheNextMessageUnchanged() {
        refused("{\"more\":" + object(CollidingFieldNames.of(ENOUGH)) + "}");

        TokenSource token = TokenSource.sword().with("more", object(CollidingFieldNames.of(10)));
        assertThat(sent(token)).isEqualTo(token.toString());
    }
}
