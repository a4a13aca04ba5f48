package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SqsSafeTokenTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();

    @Test
    void charactersThatSqsCannotHoldAreEscapedAndNothingElseIsChanged() {
        String line =
                TokenLines.token(1, "\"a\":\"x\ufffey\uffff\uffffz\ufffd\ue000 \ud83f\udffe\"", "\"\ufffe\": 1.50e+1 ");
        stage.deliver(stage.upload("a.ndjson", utf8(line)));

        assertThat(stage.tokens().getFirst().json())
                .hasToString(line.replace("\ufffe", "\\uFFFE").replace("\uffff", "\\uFFFF"));
    }

    @Test
    void aTokenThatEscapesMakeTooLargeIsRejected() {
        // The character has 3 bytes, its escape 6.
        String good = TokenLines.tokenOfBytes(1, 16_384 - 6).replace("\"x\":\"", "\"x\":\"\ufffe");
        String large = TokenLines.tokenOfBytes(2, 16_384 - 5).replace("\"x\":\"", "\"x\":\"\ufffe");

        stage.deliver(stage.upload("a.ndjson", utf8(good + "\n" + large)));

        assertThat(stage.tokens()).extracting(token -> token.key().tokenId()).containsExactly("1");
        assertThat(stage.tokens().getFirst().json().length()).isEqualTo(16_384);
        assertThat(stage.rejected("a.ndjson")).singleElement().satisfies(line -> {
            assertThat(line.get("reason").asText()).isEqualTo("TOKEN_TOO_LARGE");
            assertThat(line.get("token_id").asText()).isEqualTo("2");
            assertThat(line.get("detail").asText())
                    .isEqualTo("Token 2 (line 2) has 16,385 bytes, more than the 16,384 that the API takes, once U+FFFE"
                            + " and U+FFFF in it are escaped, because SQS cannot hold them.");
            assertThat(line.get("content").asText()).isEqualTo(large);
        });
    }

    @Test
    void theSentenceNamesTheElementOfAnArray() {
        String large = TokenLines.token(2, "\"x\":\"" + "\uFFFE".repeat(4_000) + '"');

        stage.deliver(stage.upload("a.json", utf8("[" + TokenLines.token(1) + "," + large + "]")));

        assertThat(stage.rejected("a.json").getFirst().get("detail").asText())
                .startsWith("Token 2 (line 1, element 1) has ");
    }
}
