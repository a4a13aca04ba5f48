package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCounterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nft_metadata\":[{\"a\":[1]},{},5],\"x\":[1,2]} | 3",
                "{\"nft_metadata\":[]}                             | 0",
                "{\"nft_metadata\":{\"a\":1}}                      | 0",
                "{\"x\":{\"nft_metadata\":[1]}}                    | 0",
                "{\"nft_metadata\":[1]} {}                         | 0",
                "{\"nft_metadata\":[1],\"nft_metadata\":[1]}       | 0",
                "{\"nft_metadata\":[1,                             | 0",
                "[1]                                               | 0",
                "not JSON                                          | 0",
            })
    void countsTheElementsOfAReadableMessage(String line, int tokens) {
        assertThat(TokenCounter.of(line)).isEqualTo(tokens);
    }

    @Test
    void numbersAndNestingAreNeverTooLong() {
        String odd = "{\"a\":[" + "9".repeat(2_000) + "," + "[".repeat(2_000) + "]".repeat(2_000) + "]}";

        assertThat(TokenCounter.of("{\"nft_metadata\":[" + odd + "]}")).isEqualTo(1);
    }
}
