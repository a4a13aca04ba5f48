package dev.nftrefresh.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TokenJsonTest {
    private static final byte[] BODY = "[{\"a\":\"\u20ac\"},{}]".getBytes(StandardCharsets.UTF_8);
    private static final TokenJson FIRST = new TokenJson(BODY, 1, 12);

    @Test
    void isARangeOfItsMessage() {
        assertThat(FIRST).hasToString("{\"a\":\"\u20ac\"}");
        assertThat(FIRST.length()).isEqualTo(11);
        assertThat(FIRST.bytes()).isEqualTo("{\"a\":\"\u20ac\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isAppendedUnchanged() {
        var out = new ByteArrayOutputStream();
        FIRST.writeTo(out);
        new TokenJson(BODY, 13, 15).writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"\u20ac\"}{}");
    }

    @Test
    void cannotBeChangedThroughItsCopy() {
        FIRST.bytes()[0] = 'x';

        assertThat(FIRST.toString()).startsWith("{");
    }

    @Test
    void hasTheHashOfItsOwnBytesWhereverTheyAre() {
        byte[] alone = FIRST.bytes();

        assertThat(FIRST.hash()).isEqualTo(new TokenJson(alone, 0, alone.length).hash());
        assertThat(FIRST.hash()).isNotEqualTo(new TokenJson(BODY, 13, 15).hash());
    }

    @Test
    void removesAMemberWithOneCommaBesideIt() {
        assertThat(without("{\"a\":1,\"cut\":2,\"b\":3}")).isEqualTo("{\"a\":1,\"b\":3}");
        assertThat(without("{\"a\":1\n,\t\"cut\":2\r\n}")).isEqualTo("{\"a\":1\n\r\n}");
        assertThat(without("{ \"cut\":2\t, \"b\":3}")).isEqualTo("{  \"b\":3}");
        assertThat(without("{\"cut\":2\n}")).isEqualTo("{}");
    }

    /** Cuts it out of an object in a message. */
    private static String without(String object) {
        byte[] body = ("[{}," + object + ",{}]").getBytes(StandardCharsets.UTF_8);
        String text = new String(body, StandardCharsets.UTF_8);
        int name = text.indexOf("\"cut\"");
        var token = new TokenJson(body, 4, 4 + object.length());
        return new JsonMemberSpan(name, name + "\"cut\":2".length()).from(token).toString();
    }
}
