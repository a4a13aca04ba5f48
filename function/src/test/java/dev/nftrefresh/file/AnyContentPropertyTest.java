package dev.nftrefresh.file;

import static dev.nftrefresh.file.Files.HEADER;
import static dev.nftrefresh.file.Files.token;
import static dev.nftrefresh.file.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.TokenLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, it is read to some end, each element says what it is, and nothing is thrown. */
final class AnyContentPropertyTest {
    private static final String TOKENS =
            token("1") + "%s" + token("2", "\"updated_at\":1795428000000", "\"\u00e9\":\"\ud83d\ude00\"");

    private static byte[] good(BulkFormat format) {
        return utf8(
                switch (format) {
                    case NDJSON -> TOKENS.formatted("\r\n\n");
                    case JSON -> "{\"nft_metadata\": [" + TOKENS.formatted(" ,\n") + "]}";
                    case CSV ->
                        HEADER
                                + ",updated_at\r\n1,\"a,\n\"\"b\"\"\",,\"\",,,,\"[]\",\n\n2,\u00e9,,,,,,,1795428000000\n";
                });
    }

    /** A place, how much is taken away there, and the bytes, as ISO 8859-1, that are put there instead. */
    record Change(int at, int length, String piece) {
        byte[] of(byte[] content) {
            int from = Math.min(at, content.length);
            int to = Math.min(from + length, content.length);
            var changed = new ByteArrayOutputStream();
            changed.write(content, 0, from);
            changed.writeBytes(piece.getBytes(StandardCharsets.ISO_8859_1));
            changed.writeBytes(Arrays.copyOfRange(content, to, content.length));
            return changed.toByteArray();
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(4),
                Arbitraries.of(
                        "",
                        "\"",
                        "\"\"",
                        "\\",
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ",,",
                        ":",
                        " ",
                        "\n",
                        "\r",
                        "\r\n",
                        "0",
                        "null",
                        "\u00ef\u00bb\u00bf",
                        "\u0000",
                        "\"a\":1,",
                        "{}",
                        "[]",
                        "nft_metadata",
                        "updated_at"));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 350),
                        Arbitraries.integers().between(0, 20),
                        piece)
                .as(Change::new)
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 2_000)
    void aFileToWhichSomethingWasDoneIsReadToAnEnd(@ForAll BulkFormat format, @ForAll("changes") List<Change> changes) {
        byte[] content = good(format);
        for (Change change : changes) {
            content = change.of(content);
        }

        assertSound(Files.read(content, format), content.length);
    }

    @Property(tries = 1_000)
    void aGzipToWhichSomethingWasDoneIsReadToAnEnd(@ForAll BulkFormat format, @ForAll("changes") List<Change> changes) {
        byte[] packed = Files.gzip(good(format));
        for (Change change : changes) {
            packed = change.of(packed);
        }

        assertSound(Files.read(new ByteArrayInputStream(packed), format, true, Place.START), Long.MAX_VALUE);
    }

    @Property(tries = 1_000)
    void anyBytesAreReadToAnEnd(@ForAll BulkFormat format, @ForAll byte[] content) {
        assertSound(Files.read(content, format), content.length);
    }

    private static void assertSound(List<FileElement> elements, long length) {
        long line = 1;
        long offset = 0;
        for (int i = 0; i < elements.size(); i++) {
            Place place = elements.get(i).place();
            assertThat(place.element()).isEqualTo(i);
            assertThat(place.line()).isGreaterThanOrEqualTo(line);
            assertThat(place.offset()).isBetween(offset, length);
            line = place.line();
            offset = place.offset();
            switch (elements.get(i)) {
                case FileElement.Token token ->
                    assertThat(token.json().length()).isBetween(2, TokenLimits.MAX_BYTES);
                case FileElement.Refused refused -> {
                    assertSentence(refused.rejection().detail());
                    assertThat(refused.content()).isNotEmpty();
                }
                case FileElement.Broken(var _, String detail) -> {
                    assertSentence(detail);
                    assertThat(i).isEqualTo(elements.size() - 1);
                }
            }
        }
    }

    private static void assertSentence(String detail) {
        assertThat(detail).endsWith(".").hasSizeLessThan(500);
    }
}
