package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.detail;
import static dev.nftrefresh.bulkfile.BulkFiles.json;
import static dev.nftrefresh.bulkfile.BulkFiles.said;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.tokenOfBytes;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrayFileTest {
    private static String array(String... elements) {
        return "[" + String.join(",", elements) + "]";
    }

    @Test
    void returnsEachElementWithItsPosition() {
        String content =
                "\n[ " + token("1") + "\r\n ,\n" + token("2", "\"x\":[{\"y\":\n\"]}\"}]") + "," + token("3") + " ]\n";

        List<BulkFileElement> elements = json(content);

        assertThat(said(elements)).containsExactly("1", "2", "3");
        assertThat(elements)
                .extracting(BulkFileElement::position)
                .containsExactly(
                        new ElementPosition(2, 0, content.indexOf("\r\n ,")),
                        new ElementPosition(4, 1, content.indexOf("," + token("3"))),
                        new ElementPosition(5, 2, content.indexOf(" ]\n")));
        assertThat(((BulkFileElement.ValidToken) elements.get(2)).json()).hasToString(token("3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nft_metadata\":%s}",
                " \n{ \"nft_metadata\" :\n%s }\n",
                "\ufeff{\"nft_metadata\":%s}",
                "\ufeff%s",
                "\r\n%s\r\n"
            })
    void acceptsTheApisOwnBodyToo(String frame) {
        assertThat(said(json(frame.formatted(array(token("1"), token("2")))))).containsExactly("1", "2");
        assertThat(json(frame.formatted("[]"))).isEmpty();
        assertThat(json(frame.formatted(" [ \n] "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\ufeff\n"})
    void withOnlyWhiteSpaceHasNoElements(String content) {
        assertThat(json(content)).isEmpty();
    }

    @Test
    void rejectsABalancedElementAndContinues() {
        List<BulkFileElement> elements = json(array(
                "\n" + token("1"),
                "\n{\"token_id\":}",
                "\n{\"a\":[1}]",
                "\n{\"a\":1]",
                "\n\"text } with [ brackets \\\" and quotes\"",
                "\n-1.5e3",
                "\nnul",
                "\n[{}]",
                "\n{\"a\":\"\\x\"}",
                "\n{\"a\":1,\"a\":2}",
                "\n" + token("10")));

        assertThat(said(elements))
                .containsExactly(
                        "1",
                        "3 MALFORMED_JSON",
                        "4 MALFORMED_JSON",
                        "5 MALFORMED_JSON",
                        "6 INVALID_TOKEN",
                        "7 INVALID_TOKEN",
                        "8 MALFORMED_JSON",
                        "9 INVALID_TOKEN",
                        "10 MALFORMED_JSON",
                        "11 MALFORMED_JSON",
                        "10");
        assertThat(detail(elements.get(4))).isEqualTo("The token (line 6, element 4) is refused: it is not an object.");
        assertThat(((BulkFileElement.RejectedElement) elements.get(2)).content())
                .isEqualTo(utf8("{\"a\":[1}]"));
    }

    @Test
    void saysWhereInTheFileAnElementIsMalformed() {
        String content = "[ " + token("1") + ", {\"a\": x},{\n\"b\":\n  y}]";

        List<BulkFileElement> elements = json(content);

        assertThat(detail(elements.get(1))).endsWith("(line 1, column " + (content.indexOf("x}") + 1) + ").");
        assertThat(detail(elements.get(2))).endsWith("(line 3, column 3).");
        assertThat(detail(json("[{},\n {\"a\":\n  [1}]").get(1)))
                .endsWith("(for Array starting at line 3, column 3) (line 3, column 5).");
    }

    @Test
    void saysWhereInTheFileAByteIsNotUtf8() {
        byte[] content = utf8("[" + token("1") + ",\n {\n  \"a\":\"?\"}," + token("3") + "]");
        content[new String(content, java.nio.charset.StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xFF;

        List<BulkFileElement> elements = BulkFiles.read(content, BulkFileFormat.JSON);

        assertThat(said(elements)).containsExactly("1", "2 MALFORMED_JSON", "3");
        assertThat(detail(elements.get(1)))
                .isEqualTo("The token (line 2, element 1) is not UTF-8: byte 0xFF is not valid at line 3, column 8 "
                        + "(in bytes).");
    }

    @ParameterizedTest
    @CsvSource({"16384,true", "16385,false"})
    void acceptsTokensUpTo16KiB(int bytes, boolean good) {
        assertThat(json(array(tokenOfBytes("1", bytes))).getFirst() instanceof BulkFileElement.ValidToken)
                .isEqualTo(good);
    }

    @Test
    void readsNoFurtherInAnElementThan1MiB() {
        int limit = FileReadBuffer.MAX_PIECE;

        List<BulkFileElement> elements = json(array(
                "\"" + "1".repeat(limit - 2) + "\"",
                "\"" + "1".repeat(limit - 1) + "\"",
                "[" + "\n".repeat(limit) + "]",
                "1".repeat(limit + 1),
                token("6")));

        assertThat(said(elements).subList(0, 4))
                .containsExactly(
                        "1 INVALID_TOKEN", "1 TOKEN_TOO_LARGE", "1 TOKEN_TOO_LARGE", (1 + limit) + " TOKEN_TOO_LARGE");
        assertThat(said(elements)).last().isEqualTo("6");
        assertThat(((BulkFileElement.RejectedElement) elements.get(2)).content())
                .hasSize(16_384);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'['                              | 0 | the file ends in element 0 of the array, before its ]",
                "'[1'                             | 0 | the file ends in element 0 of the array, before its ]",
                "'[{},{\"a\":['                   | 1 | the file ends in element 1 of the array, before its ]",
                "'[{},'                           | 1 | the file ends in element 1 of the array, before its ]",
                "'[{},\"open'                     | 1 | the file ends in element 1 of the array, before its ]",
                "'[{},]'                          | 1 | there is no JSON value where element 1 of the array should be",
                "'[,{}]'                          | 0 | there is no JSON value where element 0 of the array should be",
                "'[{},,{}]'                       | 1 | there is no JSON value where element 1 of the array should be",
                "'[{}}]'                          | 1 | there is neither a comma nor ] after element 0 of the array",
                "'[{} {}]'                        | 1 | there is neither a comma nor ] after element 0 of the array",
                "'[\"a\"\"b\"]'                   | 1 | there is neither a comma nor ] after element 0 of the array",
                "'[{}]x'                          | 1 | there is more text after the end of the array",
                "'[{}][{}]'                       | 1 | there is more text after the end of the array",
                "'{\"nft_metadata\":[{}]}]'       | 1 | there is more text after the end of the object",
                "'{\"nft_metadata\":[{}]'         | 1 | the file ends before its array does",
                "'{\"nft_metadata\"'              | 0 | the file ends before its array does",
                "'{\"nft_metadata\":[{}],\"a\":1}'| 1 | its object has after nft_metadata the field \"a\"",
                "'{\"nft_metadata\":[{}]]'        | 1 | there is no } after the array of nft_metadata",
                "'{\"chain_name\":\"x\"}'         | 0 | its object has the field \"chain_name\"",
                "'{\"token_id\":\"1\"}'           | 0 | its object has the field \"token_id\"",
                "'{\"nft_metadata\":{}}'          | 0 | nft_metadata is not an array",
                "'{\"nft_metadata\",[]}'          | 0 | there is no colon after nft_metadata",
                "'{}'                             | 0 | its object does not begin with a name",
                "'token_id,name'                  | 0 | it does not begin with an array",
                "'\"text\"'                       | 0 | it does not begin with an array",
                "'null'                           | 0 | it does not begin with an array",
            })
    void isBrokenWhereItsStructureIsInvalid(String content, int before, String detail) {
        List<BulkFileElement> elements = json(content);

        assertThat(elements).hasSize(before + 1);
        assertThat(elements.getLast()).isInstanceOf(BulkFileElement.UnreadableRest.class);
        assertThat(elements.getLast().position().element()).isEqualTo(before);
        assertThat(detail(elements.getLast()))
                .startsWith("From line 1 on the file cannot be read: " + detail)
                .endsWith(".");
    }

    @Test
    void quotesOnlyTheBeginningOfALongName() {
        List<BulkFileElement> elements = json("{\"" + "n".repeat(5_000_000) + "\":1}");

        assertThat(detail(elements.getFirst())).hasSizeLessThan(400).contains("n…\"");
    }
}
