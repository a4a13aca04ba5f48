package dev.nftrefresh.update;

import static dev.nftrefresh.update.Reading.message;
import static dev.nftrefresh.update.Reading.readable;
import static dev.nftrefresh.update.Reading.refused;
import static dev.nftrefresh.update.Reading.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names chosen so that they fall upon one place of the parser's table of names, whatever its seed: the sum of the last three
 * quarters of such a name is the same for all.
 */
final class CollidingNamesTest {
    private static final int ENOUGH = 2_000;
    /** A megabyte of them. */
    private static final int MANY = 33_000;

    private static List<String> colliding(int count) {
        var names = new ArrayList<String>();
        for (int a = 0; a < 32; a++) {
            for (int b = Math.max(0, 46 - 31 - a); b < 32 && a + b <= 46; b++) {
                for (int p = 4; p < 16; p++) {
                    for (int q = Math.max(4, 28 - 15 - p); q < 16 && p + q <= 24 && names.size() < count; q++) {
                        names.add("aaaaaaaaaaaa" + quad(a, p) + quad(b, q) + quad(46 - a - b, 28 - p - q));
                    }
                }
            }
        }
        assertThat(names).hasSize(count).doesNotHaveDuplicates();
        return names;
    }

    private static String quad(int second, int third) {
        return "a" + (char) (0x60 + second) + (char) (third * 8 + 1) + "z";
    }

    private static String object(List<String> names) {
        return "{\"" + String.join("\":1,\"", names) + "\":1}";
    }

    @Test
    void areManyEnoughToFillTheTable() {
        assertThatCode(() -> {
                    try (var parser = new JsonFactory()
                            .createParser(object(colliding(ENOUGH)).getBytes(StandardCharsets.UTF_8))) {
                        while (parser.nextToken() != null) {}
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("collisions");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void costNoMoreThanOthersAndRefuseTheirOwnTokenAlone() {
        String tooLarge =
                TokenText.sword("2").with("more", object(colliding(MANY))).toString();

        UpdateMessage message = readable(message(TokenText.sword("1"), tooLarge, TokenText.sword("3")));

        assertThat(message.elements())
                .extracting(element -> element instanceof Valid)
                .containsExactly(true, false, true);
        assertThat(((UpdateMessage.Invalid) message.elements().get(1)).raw()).hasToString(tooLarge);
    }

    @Test
    void passToTheLetterBesideCharactersOfAnyLengthAndWithAnUpdatedAtCutOut() {
        String wide = "{\"aé漢😀\\u00e9\\ud83d\\ude00\":\"é漢😀\"}";
        TokenText token = TokenText.sword("1")
                .with("name", "\"é漢😀 Sword\"")
                .with("wide", wide)
                .with("more", object(colliding(400)));
        TokenText other =
                TokenText.sword("2").with("more", object(colliding(500).subList(400, 500)));
        TokenText dated = TokenText.sword("3").with("wide", wide).with("updated_at", "\"2026-11-23T09:00:00Z\"");

        List<TokenUpdate> updates = Reading.updates(message(token, other, dated));

        assertThat(updates.get(0).json()).hasToString(token.toString());
        assertThat(updates.get(1).json()).hasToString(other.toString());
        assertThat(updates.get(2).json())
                .hasToString(dated.without("updated_at").toString());
    }

    @Test
    void thatStandTwiceAreMalformed() {
        List<String> names = colliding(ENOUGH);
        names.add(names.get(7));

        assertThat(refused(message(TokenText.sword().with("more", object(names))))
                        .reason())
                .isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void leaveTheNextMessageAsItIs() {
        refused("{\"more\":" + object(colliding(ENOUGH)) + "}");

        TokenText token = TokenText.sword().with("more", object(colliding(10)));
        assertThat(sent(token)).isEqualTo(token.toString());
    }
}
