package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.update.TokenJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefreshRequestBodyTest {
    private static final TokenJson FIRST = token("{\"token_id\":\"1\",\"name\":\"Schwert 剣\"}");
    private static final TokenJson SECOND = token("{\"token_id\": \"2\", \"power\": 12345678901234567890.10}");

    @Test
    void joinsTheTokensUnchanged() {
        assertThat(RefreshRequestBody.of(List.of(FIRST, SECOND)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"nft_metadata\":[" + FIRST + "," + SECOND + "]}");
    }

    @Test
    void isJsonToAnotherReader() throws IOException {
        JsonNode body = new ObjectMapper().readTree(RefreshRequestBody.of(List.of(FIRST, SECOND)));

        assertThat(body.fieldNames()).toIterable().containsExactly("nft_metadata");
        assertThat(body.get("nft_metadata")).hasSize(2);
        assertThat(body.at("/nft_metadata/1/token_id").asText()).isEqualTo("2");
    }

    @Test
    void knowsItsSizeInBytesBeforeItIsWritten() {
        for (List<TokenJson> tokens : List.of(List.<TokenJson>of(), List.of(FIRST), List.of(SECOND, FIRST, FIRST))) {
            assertThat(RefreshRequestBody.bytes(tokens)).isEqualTo(RefreshRequestBody.of(tokens).length);
        }
    }

    private static TokenJson token(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new TokenJson(bytes, 0, bytes.length);
    }
}
