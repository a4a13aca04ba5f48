package dev.nftrefresh.local.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Calls the stand-in like any client. */
final class StandInCaller implements AutoCloseable {
    static final String ADDRESS = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    private static final String PATH =
            "/v1/chains/imtbl-zkevm-testnet/collections/" + ADDRESS + "/nfts/refresh-metadata";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI baseUrl;

    StandInCaller(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(baseUrl.resolve(PATH))
                .header("Content-Type", "application/json")
                .header("x-immutable-api-key", "sk_imapik-test")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(body).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postLater(String body) {
        return http.sendAsync(request(body).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
