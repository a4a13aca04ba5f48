package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./nft-refresh api} as a process of its own. */
@Timeout(120)
class ApiCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final String BODY = """
            {"nft_metadata":[{"token_id":"1","name":"Sword","description":null,"image":null,"external_url":null,\
            "animation_url":null,"youtube_url":null,"attributes":[]}]}""";

    private static CommandProcess start(String... options) throws IOException {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "api";
        arguments[1] = "--port";
        arguments[2] = "0";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandProcess.start(Map.of(), arguments);
    }

    private static HttpRequest request(CommandProcess api, String body) throws IOException {
        Matcher address = ADDRESS.matcher(api.readLine());
        assertThat(address.find()).isTrue();
        return HttpRequest.newBuilder(URI.create(address.group()
                        + "/v1/chains/imtbl-zkevm-testnet/collections/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/nfts/"
                        + "refresh-metadata"))
                .header("x-immutable-api-key", "sk_imapik-1")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(2))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void writesALineForEachRequestWithoutTheKey() throws Exception {
        try (var api = start("--limit", "10");
                var http = HttpClient.newHttpClient()) {
            HttpRequest good = request(api, BODY);
            http.send(good, BodyHandlers.ofString());

            assertThat(api.readLine())
                    .matches("\\d\\d:\\d\\d:\\d\\d 202 {2}1 tokens {2}\\d+ bytes {2}0x8a90cab2 {2}9 of 10 left");

            HttpRequest bad = HttpRequest.newBuilder(good, (_, _) -> true)
                    .POST(HttpRequest.BodyPublishers.ofString("{nonsense"))
                    .build();
            var answer = http.send(bad, BodyHandlers.ofString());
            assertThat(answer.body())
                    .contains("the body is not JSON (line 1, column 2)")
                    .doesNotContain("Unexpected");
            assertThat(api.readLine())
                    .contains(" 400 ")
                    .contains("the body is not JSON (line 1, column 2)")
                    .doesNotContain("sk_imapik");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void failsAsAskedTo(int status) throws Exception {
        try (var api = start("--fail", String.valueOf(status));
                var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request(api, BODY), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(status);

            assertThat(Objects.requireNonNull(api.readLine()))
                    .contains(" " + status + " ")
                    .endsWith("as asked for");
        }
    }

    @Test
    void hangsIfAskedTo() throws Exception {
        try (var api = start("--fail", "hang");
                var http = HttpClient.newHttpClient()) {
            HttpRequest request = request(api, BODY);

            assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(api.readLine()).contains(" --- ").endsWith("as asked for, hangs");
        }
    }

    @Test
    void cutsTheConnectionIfAskedTo() throws Exception {
        try (var api = start("--fail", "cut");
                var http = HttpClient.newHttpClient()) {
            HttpRequest request = request(api, BODY);

            assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HttpTimeoutException.class);
        }
    }
}
