package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.HEADER;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.update.TokenLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is read to some end, each element says what it is, and nothing is thrown. */
final class AnyContentPropertyTest {
    private static final String TOKENS =
            token("1") + "%s" + token("2", "\"updated_at\":1795428000000", "\"\u00e9\":\"\ud83d\ude00\"");

    private static byte[] good(BulkFileFormat format) {
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
    record ContentChange(int at, int length, String piece) {
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

    private static final List<String> PIECES = List.of(
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
            "updated_at");

    private static String piece(ChoiceSequence choices) {
        return choices.flip() ? new String(choices.bytes(0, 4), StandardCharsets.ISO_8859_1) : choices.oneOf(PIECES);
    }

    private static byte[] changed(ChoiceSequence choices, byte[] content) {
        List<ContentChange> changes =
                choices.listOf(0, 4, each -> new ContentChange(each.between(0, 350), each.between(0, 20), piece(each)));
        choices.note("changes", changes);
        byte[] changed = content;
        for (ContentChange change : changes) {
            changed = change.of(changed);
        }
        return changed;
    }

    private static BulkFileFormat format(ChoiceSequence choices) {
        return choices.note("format", choices.oneOf(BulkFileFormat.values()));
    }

    @Test
    void aCorruptedFileIsReadToAnEnd() {
        SeededProperty.of("a file to which something was done is read to an end")
                .tries(2_000)
                .check(choices -> {
                    BulkFileFormat format = format(choices);
                    byte[] content = changed(choices, good(format));

                    assertSound(BulkFiles.read(content, format), content.length);
                });
    }

    @Test
    void aCorruptedGzipIsReadToAnEnd() {
        SeededProperty.of("a gzip to which something was done is read to an end")
                .tries(1_000)
                .check(choices -> {
                    BulkFileFormat format = format(choices);
                    byte[] packed = changed(choices, BulkFiles.gzip(good(format)));

                    assertSound(
                            BulkFiles.read(new ByteArrayInputStream(packed), format, true, ElementPosition.START),
                            Long.MAX_VALUE);
                });
    }

    @Test
    void anyBytesAreReadToAnEnd() {
        SeededProperty.of("any bytes are read to an end").tries(1_000).check(choices -> {
            byte[] content = choices.note("content", choices.bytes(0, 255));

            assertSound(BulkFiles.read(content, format(choices)), content.length);
        });
    }

    private static void assertSound(List<BulkFileElement> elements, long length) {
        long line = 1;
        long offset = 0;
        for (int i = 0; i < elements.size(); i++) {
            ElementPosition position = elements.get(i).position();
            assertThat(position.element()).isEqualTo(i);
            assertThat(position.line()).isGreaterThanOrEqualTo(line);
            assertThat(position.offset()).isBetween(offset, length);
            line = position.line();
            offset = position.offset();
            switch (elements.get(i)) {
                case BulkFileElement.ValidToken token ->
                    assertThat(token.json().length()).isBetween(2, TokenLimits.MAX_BYTES);
                case BulkFileElement.RejectedElement refused -> {
                    assertSentence(refused.rejection().detail());
                    assertThat(refused.content()).isNotEmpty();
                }
                case BulkFileElement.UnreadableRest(var _, String detail) -> {
                    assertSentence(detail);
                    assertThat(i).isEqualTo(elements.size() - 1);
                }
            }
        }
    }

    private static void assertSentence(String detail) {
        assertThat(detail).matches("(?s).*[.?]").hasSizeLessThan(500);
    }
}
