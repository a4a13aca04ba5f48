package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.detail;
import static dev.nftrefresh.bulkfile.BulkFiles.ndjson;
import static dev.nftrefresh.bulkfile.BulkFiles.said;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.tokenOfBytes;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NdjsonFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void returnsEachNonBlankLineWithItsPosition(String end) {
        String content = token("1") + end + end + " \t" + end + token("2") + end + "  " + token("3") + " ";

        List<BulkFileElement> elements = ndjson(content);

        assertThat(said(elements)).containsExactly("1", "2", "3");
        int width = end.length();
        int first = token("1").length() + width;
        int second = first + width + 2 + width + token("2").length() + width;
        assertThat(elements)
                .extracting(BulkFileElement::position)
                .containsExactly(
                        new ElementPosition(1, 0, first),
                        new ElementPosition(4, 1, second),
                        new ElementPosition(5, 2, content.length()));
        assertThat(((BulkFileElement.ValidToken) elements.get(2)).json()).hasToString(token("3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "  \n\t", "\ufeff", "\ufeff\n"})
    void withOnlyWhiteSpaceHasNoElements(String content) {
        assertThat(ndjson(content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 2_000_000, 5_000_000})
    void treatsALineOfWhiteSpaceAsBlankHoweverLongItIs(int length) {
        String blank = " \t\r ".repeat(length / 4);

        assertThat(said(ndjson(token("1") + "\n" + blank + "\n" + token("2") + "\n" + blank)))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({"0", "1000", "1500000", "3000000", "4999999"})
    void treatsNoOtherLineAsBlank(int at) {
        for (char other : new char[] {'\0', 'x', '\u000B', '\u00A0'}) {
            String line = " ".repeat(at) + other + " ".repeat(5_000_000 - at);

            assertThat(said(ndjson(token("1") + "\n" + line + "\n" + token("3"))))
                    .as("character " + (int) other)
                    .containsExactly("1", "2 TOKEN_TOO_LARGE", "3");
        }
    }

    @Test
    void skipsTheByteOrderMarkAtItsStartOnly() {
        List<BulkFileElement> elements = ndjson("\ufeff" + token("1") + "\n\ufeff" + token("2"));

        assertThat(said(elements)).containsExactly("1", "2 MALFORMED_JSON");
        assertThat(elements.getFirst().position().offset()).isEqualTo(token("1").length() + 4);
    }

    @Test
    void returnsTheTimeOfALineAndCutsItOut() {
        var element = (BulkFileElement.ValidToken)
                ndjson(token("007", "\"updated_at\":\"2026-11-23T09:00:00Z\"")).getFirst();

        assertThat(element.key().tokenId()).isEqualTo("7");
        assertThat(element.key().collection()).isEqualTo(BulkFiles.COLLECTION);
        assertThat(element.updatedAt()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(element.json()).hasToString(token("007"));
        assertThat(((BulkFileElement.ValidToken) ndjson(token("1")).getFirst()).updatedAt())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2019-12-31T23:59:59.999Z,false",
        "2020-01-01T00:00:00Z,true",
        "2026-11-23T10:05:00Z,true",
        "2026-11-23T10:05:00.000000001Z,false"
    })
    void checksTheTimeOfALineAgainstTheExport(String time, boolean good) {
        BulkFileElement element =
                ndjson(token("1", "\"updated_at\":\"" + time + '"')).getFirst();

        assertThat(element instanceof BulkFileElement.ValidToken).isEqualTo(good);
        if (time.startsWith("2026") && !good) {
            assertThat(detail(element))
                    .isEqualTo("Token 1 (line 1) is refused: updated_at is " + time
                            + ", more than 5 minutes after the file was uploaded at 2026-11-23T10:00:00Z.");
        }
    }

    @Test
    void rejectsALineAndContinues() {
        List<BulkFileElement> elements = ndjson(String.join(
                "\n",
                token("1"),
                "not JSON",
                "[]",
                "{\"token_id\":\"4\"}",
                token("5", "\"a\":1,\"a\":2"),
                token("6", "\"a\":[{\"b\":{\"c\":1,\"c\":1}}]"),
                token("7") + token("8"),
                token("9").substring(1),
                token("-1"),
                token("10")));

        assertThat(said(elements))
                .containsExactly(
                        "1",
                        "2 MALFORMED_JSON",
                        "3 INVALID_TOKEN",
                        "4 INVALID_TOKEN",
                        "5 MALFORMED_JSON",
                        "6 MALFORMED_JSON",
                        "7 MALFORMED_JSON",
                        "8 MALFORMED_JSON",
                        "9 INVALID_TOKEN",
                        "10");
        assertThat(detail(elements.get(1))).startsWith("The token (line 2) cannot be read as JSON: ");
        assertThat(detail(elements.get(1))).contains("(line 2, column ");
        assertThat(detail(elements.get(3)))
                .isEqualTo("Token 4 (line 4) is refused: name, description, image, external_url, animation_url, "
                        + "youtube_url, attributes are missing: write null where there is none.");
        assertThat(((BulkFileElement.RejectedElement) elements.get(3)).tokenId())
                .isEqualTo("4");
        assertThat(((BulkFileElement.RejectedElement) elements.get(1)).tokenId())
                .isEqualTo("?");
        assertThat(((BulkFileElement.RejectedElement) elements.get(1)).content())
                .isEqualTo(utf8("not JSON"));
    }

    @ParameterizedTest
    @CsvSource({"16383,true", "16384,true", "16385,false"})
    void acceptsTokensUpTo16KiB(int bytes, boolean good) {
        BulkFileElement element = ndjson(tokenOfBytes("1", bytes)).getFirst();

        assertThat(element instanceof BulkFileElement.ValidToken).isEqualTo(good);
        if (element instanceof BulkFileElement.RejectedElement refused) {
            assertThat(refused.rejection().detail())
                    .isEqualTo("Token 1 (line 1) has 16,385 bytes, more than the 16,384 that the API takes.");
            assertThat(refused.content()).hasSize(16_384);
        }
    }

    @Test
    void acceptsATokenThatOnlyWhiteSpaceMakesTooLarge() {
        String token = token("1", "\"x\":" + " ".repeat(20_000) + "1");

        assertThat(((BulkFileElement.ValidToken) ndjson(token).getFirst()).json())
                .hasToString(token("1", "\"x\":1"));
    }

    @Test
    void cutsTheContentBetweenCharacters() {
        for (int shift = 0; shift < 4; shift++) {
            String line = "x".repeat(shift) + "\ud83d\ude00".repeat(5_000);

            var refused = (BulkFileElement.RejectedElement) ndjson(line).getFirst();

            assertThat(refused.content()).hasSize(shift == 0 ? 16_384 : 16_380 + shift);
            assertThat(utf8(line)).startsWith(refused.content());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void readsNoFurtherInALineThan1MiB(String end) {
        int limit = FileReadBuffer.MAX_PIECE;
        String content = "1".repeat(limit - 1)
                + end
                + "1".repeat(limit)
                + end
                + "1".repeat(limit + 1)
                + end
                + "1".repeat(limit + 2)
                + end
                + "1".repeat(3 * limit)
                + end
                + token("6");

        List<BulkFileElement> elements = ndjson(content);

        assertThat(said(elements))
                .containsExactly(
                        "1 INVALID_TOKEN",
                        "2 INVALID_TOKEN",
                        "3 TOKEN_TOO_LARGE",
                        "4 TOKEN_TOO_LARGE",
                        "5 TOKEN_TOO_LARGE",
                        "6");
        assertThat(elements)
                .filteredOn(BulkFileElement.RejectedElement.class::isInstance)
                .allSatisfy(element -> assertThat(((BulkFileElement.RejectedElement) element).content())
                        .hasSize(16_384)
                        .containsOnly('1'));
        assertThat(detail(elements.get(4)))
                .isEqualTo("The token (line 5) has more than 1,048,576 bytes, so the rest of it was not read: a token "
                        + "has 16 KiB.");
        assertThat(elements.getLast().position()).isEqualTo(new ElementPosition(6, 5, content.length()));
    }

    @Test
    void saysWhereAByteIsNotUtf8() {
        var content = new ByteArrayOutputStream();
        content.writeBytes(utf8(token("1") + "\n{\"é\":\""));
        content.write(0xC3);
        content.writeBytes(utf8("\"}\n" + token("3")));

        List<BulkFileElement> elements = BulkFiles.read(content.toByteArray(), BulkFileFormat.NDJSON);

        assertThat(said(elements)).containsExactly("1", "2 MALFORMED_JSON", "3");
        assertThat(detail(elements.get(1)))
                .isEqualTo("The token (line 2) is not UTF-8: byte 0xC3 is not valid at line 2, column 8 (in bytes).");
        assertThat(((BulkFileElement.RejectedElement) elements.get(1)).content())
                .hasSize(10);
    }
}
