package dev.nftrefresh.bulkfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Utf8ValidatorPropertyTest {
    private static final List<String> OFTEN =
            List.of("a", "b".repeat(9), "\u00e9", "\u20ac", "\ud83d\ude00", "\uffff", "\ud7ff", "\ue000");
    private static final List<String> SELDOM = List.of("\u0080", "\u07ff", "\u0800", "\udbff\udfff");

    /** Bytes that come near to being text. */
    private static byte[] nearlyText(ChoiceSequence choices) {
        List<String> parts = choices.listOf(0, 12, each -> each.oneOf(each.weighted(6, 1) == 0 ? OFTEN : SELDOM));
        byte[] bytes = String.join("", parts).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[choices.below(bytes.length)] = (byte) choices.between(0, 255);
        }
        return choices.note("bytes", bytes);
    }

    private static int firstInvalidByTheJdk(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result =
                StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length + 1), true);
        return result.isError() ? in.position() : -1;
    }

    @Test
    void findsWhatTheJdkFinds() {
        SeededProperty.of("finds what the JDK finds").tries(5_000).check(choices -> sameAsTheJdk(nearlyText(choices)));
    }

    private static void sameAsTheJdk(byte[] bytes) {
        assertThat(Utf8Validator.firstInvalid(bytes, 0, bytes.length)).isEqualTo(firstInvalidByTheJdk(bytes));
    }

    @Test
    void findsWhatTheJdkFindsInAnyBytes() {
        SeededProperty.of("finds what the JDK finds in any bytes")
                .check(choices -> sameAsTheJdk(choices.note("bytes", choices.bytes(0, 255))));
    }

    @Test
    void findsTheFirstOfAByte() {
        SeededProperty.of("finds the first of a byte").check(choices -> {
            byte[] bytes = choices.note("bytes", choices.bytes(0, 255));
            byte wanted = choices.note("wanted", (byte) choices.between(0, 255));
            int expected = -1;
            for (int i = bytes.length - 1; i >= 0; i--) {
                expected = bytes[i] == wanted ? i : expected;
            }

            assertThat(ByteScanner.indexOf(bytes, wanted, 0, bytes.length)).isEqualTo(expected);
        });
    }
}
