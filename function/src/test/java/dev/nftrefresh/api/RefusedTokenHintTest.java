package dev.nftrefresh.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedTokenHintTest {
    /** The token at place n has the id 1000 + n. */
    private static final List<String> IDS =
            IntStream.range(0, 250).mapToObj(n -> String.valueOf(1000 + n)).toList();

    private static List<Integer> inMessage(String message) {
        return RefusedTokenHint.named(message, null, IDS);
    }

    private static List<Integer> inDetails(String details) {
        return RefusedTokenHint.named(null, details, IDS);
    }

    private static List<Integer> places(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nft_metadata[17].name is required|17
            nft_metadata.17.name is required|17
            /nft_metadata/17/name: must be a string|17
            /nft_metadata/17|17
            nft_metadata.17|17
            nftMetadata[17] is bad|17
            NFT_METADATA[17]|17
            Error at body.nft_metadata[0]: bad|0
            nft_metadata[249]|249
            nft_metadata[17].attributes[3].value is bad|17
            nft_metadata[3].name, nft_metadata[17].name|3 17
            nft_metadata[17].a; nft_metadata[17].b|17
            [{"path":["nft_metadata",17,"name"],"message":"Required"}]|17
            [{"loc":["body", "nft_metadata" , 17]}]|17
            {"nft_metadata":{"17":{"name":["too long"]}}}|17
            body[17].name|17
            [17] is bad|17
            instance.17.name does not match|17
            "/17/name"|17
            """)
    void aPlaceIsFound(String text, String places) {
        assertThat(inMessage(text)).isEqualTo(places(places));
        assertThat(inDetails(text)).isEqualTo(places(places));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Token 1017 is invalid|17
            token_id 1017|17
            {"token_id":"1017","error":"no"}|17
            {"token_id": 1017}|17
            {"tokenIds":["1017","1003"]}|3 17
            invalid: 1017, 1018.|17 18
            (1017)|17
            token #1017: name missing|17
            0001017|17
            Fields missing.\\n1017\\n1018|17 18
            Token 1017 has 1020 characters|17
            """)
    void aTokenIdIsFoundAsAWholeWord(String text, String places) {
        assertThat(inMessage(text)).isEqualTo(places(places));
        assertThat(inDetails(text)).isEqualTo(places(places));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "all fields must be provided",
                "nft_metadata[250] is bad",
                "nft_metadata[99999999999999999999999]",
                "10170",
                "x1017",
                "1017x",
                "1017_a",
                "0x1017",
                "1.1017",
                "1017.5",
                "at 1017-03-04",
                "trace a1-1017-b2",
                "10:1017",
                "see 10.17.30.1",
                "version 1.17.0",
                "date 4/17/2024",
                "attributes[3] is bad",
                "17 errors",
                "1017١"
            })
    void anyOtherTextIsNoHint(String text) {
        assertThat(inMessage(text)).isEmpty();
        assertThat(inDetails(text)).isEmpty();
    }

    @Test
    void threeTokensAreAHintAndFourAreNone() {
        assertThat(inMessage("nft_metadata[1], nft_metadata[2], nft_metadata[3]"))
                .containsExactly(1, 2, 3);
        assertThat(inMessage("nft_metadata[1], nft_metadata[2], nft_metadata[3], nft_metadata[4]"))
                .isEmpty();
        assertThat(RefusedTokenHint.named("1001 and 1002", "[\"1003\",\"1004\"]", IDS))
                .isEmpty();
    }

    @Test
    void theMoreCertainFormCountsAlone() {
        assertThat(RefusedTokenHint.named("[5] or 1017", "{\"path\":\"nft_metadata.8.name\"}", IDS))
                .containsExactly(8);
        assertThat(inMessage("body[5] of token 1017")).containsExactly(17);
        assertThat(inMessage("body[5], 1017 bytes")).containsExactly(5);
    }

    @Test
    void aTokenIdThatLooksLikeAnIndexIsAnIndexIfThePathSaysSo() {
        var ids = IntStream.rangeClosed(1, 250).mapToObj(String::valueOf).toList();

        assertThat(RefusedTokenHint.named("nft_metadata[17].name", null, ids)).containsExactly(17);
        assertThat(RefusedTokenHint.named("token 17", null, ids)).containsExactly(16);
    }

    @Test
    void theLargestTokenIdIsFound() {
        String largest = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        assertThat(RefusedTokenHint.named("Token " + largest + " is bad", null, List.of("1", largest)))
                .containsExactly(1);
    }

    @Test
    void anErrorIsReadWithItsDetails() {
        assertThat(RefusedTokenHint.named(new ApiErrorResponse(400, "VALIDATION_ERROR", null, null, "[\"1017\"]"), IDS))
                .containsExactly(17);
        assertThat(RefusedTokenHint.named(new ApiErrorResponse(400, "VALIDATION_ERROR", null, null), IDS))
                .isEmpty();
    }

    @Test
    void anyTextNamesOnlyIndexesOfTheRequestAndAtMostThree() {
        var pieces =
                List.of("nft_metadata", "[", "]", ".", "/", "17", "1017", "0", " ", "\"", "token_id", ":", "\\n", "é");
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            String text = IntStream.range(0, random.nextInt(40))
                    .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
                    .collect(Collectors.joining());
            assertThat(RefusedTokenHint.named(text, text, IDS.subList(0, 20)))
                    .hasSizeLessThanOrEqualTo(3)
                    .allMatch(place -> place >= 0 && place < 20);
        }
    }

    @Test
    void onlyTheBeginningOfALongTextIsRead() {
        for (String piece : List.of("9", "[", " ", "nft_metadata[1]", "\"", "1017 ")) {
            assertThat(inDetails(piece.repeat(64 * 1024))).hasSizeLessThanOrEqualTo(3);
        }
    }
}
