package dev.nftrefresh.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class Utf8PropertyTest {
    /** Bytes that come near to being text. */
    @Provide
    Arbitrary<byte[]> nearlyText() {
        Arbitrary<String> hex = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.of(
                                "a", "b".repeat(9), "\u00e9", "\u20ac", "\ud83d\ude00", "\uffff", "\ud7ff", "\ue000")),
                Tuple.of(1, Arbitraries.of("\u0080", "\u07ff", "\u0800", "\udbff\udfff")));
        return hex.list().ofMaxSize(12).map(parts -> String.join("", parts)).flatMap(text -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Arbitraries.integers()
                    .between(0, Math.max(0, bytes.length - 1))
                    .flatMap(at -> Arbitraries.bytes().map(b -> {
                        byte[] changed = bytes.clone();
                        if (changed.length > 0) {
                            changed[at] = b;
                        }
                        return changed;
                    }));
        });
    }

    private static int firstInvalidByTheJdk(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result =
                StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length + 1), true);
        return result.isError() ? in.position() : -1;
    }

    @Property(tries = 5_000)
    void findsWhatTheJdkFinds(@ForAll("nearlyText") byte[] bytes) {
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(firstInvalidByTheJdk(bytes));
    }

    @Property
    void findsWhatTheJdkFindsInAnyBytes(@ForAll byte[] bytes) {
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(firstInvalidByTheJdk(bytes));
    }

    @Property
    void findsTheFirstOfAByte(@ForAll byte[] bytes, @ForAll byte wanted) {
        int expected = -1;
        for (int i = bytes.length - 1; i >= 0; i--) {
            expected = bytes[i] == wanted ? i : expected;
        }

        assertThat(Bytes.indexOf(bytes, wanted, 0, bytes.length)).isEqualTo(expected);
    }
}
