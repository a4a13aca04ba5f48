package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.HEADER;
import static dev.nftrefresh.bulkfile.BulkFiles.csv;
import static dev.nftrefresh.bulkfile.BulkFiles.detail;
import static dev.nftrefresh.bulkfile.BulkFiles.said;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFileTest {
    private static List<BulkFileElement> rows(String... rows) {
        return csv(HEADER + "\n" + String.join("\n", rows));
    }

    private static String sent(BulkFileElement element) {
        return ((BulkFileElement.ValidToken) element).json().toString();
    }

    @Test
    void distinguishesAnEmptyStringFromNull() {
        assertThat(sent(rows("1,,\"\",\"a\",b,,\"\",").getFirst()))
                .isEqualTo(
                        "{\"token_id\":\"1\",\"name\":null,\"description\":\"\",\"image\":\"a\",\"external_url\":\"b\","
                                + "\"animation_url\":null,\"youtube_url\":\"\",\"attributes\":null}");
    }

    @Test
    void acceptsCommasQuotationMarksAndLineBreaksInQuotedCells() {
        List<BulkFileElement> elements = rows(
                "1,\"a,b\",\"c\"\"d\",\"\"\"\",\"e\r\nf\ng\", h ,i\"j,\"[{\"\"trait_type\"\":\"\"T\"\",\n\"\"value\"\":1.50}]\"",
                "2,,,,,,,");

        assertThat(sent(elements.getFirst()))
                .isEqualTo("{\"token_id\":\"1\",\"name\":\"a,b\",\"description\":\"c\\\"d\",\"image\":\"\\\"\","
                        + "\"external_url\":\"e\\r\\nf\\ng\",\"animation_url\":\" h \",\"youtube_url\":\"i\\\"j\","
                        + "\"attributes\":[{\"trait_type\":\"T\",\n\"value\":1.50}]}");
        assertThat(elements).extracting(element -> element.position().line()).containsExactly(2L, 6L);
        assertThat(elements).extracting(element -> element.position().element()).containsExactly(0L, 1L);
    }

    @Test
    void acceptsColumnsInAnyOrderAndSendsThemInTheApisOrder() {
        String content =
                "\ufeff\r\n\"updated_at\",attributes,youtube_url,animation_url,external_url,image,description,name,"
                        + "token_id\r\n2026-11-23T09:00:00Z,[],y,a,e,i,d,n,1\r\n1795428000000,,,,,,,,2\r\n,,,,,,,,3\r\n";

        List<BulkFileElement> elements = csv(content);

        assertThat(said(elements)).containsExactly("1", "2", "3");
        assertThat(sent(elements.getFirst()))
                .isEqualTo(
                        "{\"token_id\":\"1\",\"name\":\"n\",\"description\":\"d\",\"image\":\"i\",\"external_url\":\"e\","
                                + "\"animation_url\":\"a\",\"youtube_url\":\"y\",\"attributes\":[]}");
        assertThat(elements)
                .extracting(element -> ((BulkFileElement.ValidToken) element).updatedAt())
                .containsExactly(Instant.parse("2026-11-23T09:00:00Z"), Instant.ofEpochMilli(1_795_428_000_000L), null);
        assertThat(elements.getFirst().position().line()).isEqualTo(3);
        assertThat(elements.getLast().position().offset()).isEqualTo(content.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01795428000000", "yesterday", "\"\"", "1795428000", "2026-11-23", "1e12"})
    void rejectsAnInvalidTime(String time) {
        assertThat(said(csv(HEADER + ",updated_at\n1,,,,,,,," + time))).containsExactly("2 INVALID_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\ufeff\r\n\r\n", HEADER, "\n" + HEADER + "\n\n \r\n"})
    void withoutRecordsHasNoElements(String content) {
        assertThat(csv(content)).isEmpty();
    }

    @Test
    void rejectsARecordAndContinues() {
        List<BulkFileElement> elements = rows(
                "1,,,,,,,",
                "2,,,,,,",
                "3,,,,,,,,",
                "x,,,,,,,",
                ",,,,,,,",
                "6,,,,,,,nonsense",
                "7,,,,,,,\"[],\"\"more\"\":1\"",
                "8,,,,,,,\"\"",
                "9,,,,,,,{}",
                "10,,,,,,,\"[{\"\"trait_type\"\":1}]\"",
                "11,\"a\"b,,,,,,",
                "12,\r,,,,,,,",
                "13,,,,,,,\"[{\"\"trait_type\"\":\"\"a\"\",\"\"trait_type\"\":\"\"b\"\",\"\"value\"\":1}]\"",
                "",
                "14,,,,,,,");

        assertThat(said(elements))
                .containsExactly(
                        "1",
                        "3 INVALID_TOKEN",
                        "4 INVALID_TOKEN",
                        "5 INVALID_TOKEN",
                        "6 INVALID_TOKEN",
                        "7 MALFORMED_JSON",
                        "8 MALFORMED_JSON",
                        "9 MALFORMED_JSON",
                        "10 INVALID_TOKEN",
                        "11 INVALID_TOKEN",
                        "12 MALFORMED_JSON",
                        "13 MALFORMED_JSON",
                        "14 MALFORMED_JSON",
                        "14");
        assertThat(detail(elements.get(1)))
                .isEqualTo("The token (line 3) is refused: it has 7 cells, but the header has 8.");
        assertThat(detail(elements.get(5)))
                .startsWith("Token 6 (line 7) is refused: the cell of attributes is not JSON: Unrecognized token");
        assertThat(((BulkFileElement.RejectedElement) elements.get(5)).tokenId())
                .isEqualTo("6");
        assertThat(detail(elements.get(5))).endsWith("(line 1, column 1 of the cell).");
        assertThat(detail(elements.get(6)))
                .contains("Unexpected character (','")
                .endsWith("(line 1, column 3 of the cell).");
        assertThat(detail(elements.get(7))).endsWith(" it is empty.");
        assertThat(detail(elements.get(9))).contains("attributes[0].trait_type is not a string");
        assertThat(detail(elements.get(10)))
                .startsWith("The token (line 12) cannot be read as CSV: Unexpected character");
        assertThat(detail(elements.get(11))).contains("a CR without an LF");
        assertThat(((BulkFileElement.RejectedElement) elements.get(10)).content())
                .isEqualTo(utf8("11,\"a\"b,,,,,,"));
    }

    @Test
    void rejectsARecordThatIsNotUtf8AndSaysWhere() {
        byte[] content = utf8(HEADER + "\n1,\"a\n?\",,,,,,\n2,,,,,,,");
        content[HEADER.length() + 6] = (byte) 0x80;

        List<BulkFileElement> elements = BulkFiles.read(content, BulkFileFormat.CSV);

        assertThat(said(elements)).containsExactly("2 MALFORMED_JSON", "2");
        assertThat(detail(elements.getFirst())).contains("byte 0x80 is not valid at line 3, column 1");
    }

    @ParameterizedTest
    @CsvSource({"16384,true", "16385,false"})
    void countsTheBytesOfTheTokenThatWouldBeSent(int bytes, boolean good) {
        int others = sent(rows("1,\"\",,,,,,").getFirst()).length();
        String name = "\"\"".repeat(1_000) + "n".repeat(bytes - others - 2_000);

        BulkFileElement element = rows("1,\"" + name + "\",,,,,,").getFirst();

        assertThat(element instanceof BulkFileElement.ValidToken).isEqualTo(good);
    }

    @Test
    void readsNoFurtherInARecordThan1MiB() {
        int rest = "1,,,,,,,".length();

        List<BulkFileElement> elements = rows(
                "1," + "n".repeat(FileReadBuffer.MAX_PIECE - rest) + ",,,,,,",
                "2," + "n".repeat(FileReadBuffer.MAX_PIECE - rest + 1) + ",,,,,,",
                "3,\"" + "\n".repeat(2 * FileReadBuffer.MAX_PIECE) + "\",,,,,,",
                "4,,,,,,,");

        assertThat(said(elements)).containsExactly("2 TOKEN_TOO_LARGE", "3 TOKEN_TOO_LARGE", "4 TOKEN_TOO_LARGE", "4");
        assertThat(detail(elements.getFirst())).startsWith("Token 1 (line 2) has 1,048,");
        assertThat(detail(elements.get(2)))
                .isEqualTo("The token (line 4) has more than 1,048,576 bytes, so the rest of it was not read: a token "
                        + "has 16 KiB; perhaps a quotation mark is missing that ends a cell of the record that begins "
                        + "in line 4.");
        assertThat(elements.getLast().position().line()).isEqualTo(5 + 2 * FileReadBuffer.MAX_PIECE);
    }

    @Test
    void saysWhereInTheCellOfAttributesAFaultIs() {
        BulkFileElement element = rows("1,,,,,,,\"[{\"\"trait_type\"\":\"\"T\"\",\n \"\"value\"\":[1}]\"")
                .getFirst();

        assertThat(detail(element))
                .endsWith(
                        "is not JSON: Unexpected close marker '}': expected ']' (for Array starting at line 2, column "
                                + "10 of the cell) (line 2, column 12 of the cell).");
    }

    @Test
    void isBrokenWhereAQuotedCellIsNeverClosed() {
        List<BulkFileElement> elements = rows("1,,,,,,,", "2,\"open,,,,,,", "3,,,,,,,", "");

        assertThat(said(elements)).containsExactly("1", "3 broken");
        assertThat(detail(elements.getLast()))
                .isEqualTo(
                        "From line 3 on the file cannot be read: a quoted cell of the record that begins there is never "
                                + "closed; end it, and write quotation marks inside it twice.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token_id,name,description,image,external_url,animation_url,youtube_url | has no field attributes",
                "Token_id,name,description,image,external_url,animation_url,youtube_url,attributes | unknown field \"Token_id\"",
                "token_id,name,description,image,external_url,animation_url,youtube_url,attributes,name | field name twice",
                "token_id,name,description,image,external_url,animation_url,youtube_url,attributes, | has an empty name",
                "token_id;name;description | unknown field \"token_id;name;description\"",
                "token_id, name,description,image,external_url,animation_url,youtube_url,attributes | unknown field \" name\"",
                "token_id,\"name\"x,description | cannot be read as CSV",
                "[{}] | unknown field \"[{}]\"",
            })
    void isBrokenWhenItsHeaderIsNotTheTokensFields(String header, String detail) {
        List<BulkFileElement> elements = csv(header + "\n1,,,,,,,\n");

        assertThat(said(elements)).hasSize(1);
        assertThat(detail(elements.getFirst()))
                .startsWith("From line 1 on the file cannot be read: its header ")
                .contains(detail)
                .endsWith("; the header has the fields " + HEADER
                        + " in any order, separated by commas, and updated_at if wanted.");
    }

    @Test
    void isBrokenWhenItsHeaderIsEndless() {
        assertThat(detail(csv("n".repeat(3 * FileReadBuffer.MAX_PIECE)).getFirst()))
                .contains("its header is over 1 MiB");
    }
}
