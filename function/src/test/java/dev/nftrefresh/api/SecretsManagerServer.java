package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Speaks the one call of Secrets Manager that we make, and the real client that makes it. */
final class SecretsManagerServer implements AutoCloseable {
    private final HttpServer server;
    private final SecretsManagerClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile ServerAnswer answer = () -> "{}";
    private volatile int status = 200;

    SecretsManagerServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    SecretsManagerClient client() {
        return client;
    }

    /** The bodies of the requests so far. */
    List<String> requests() {
        return requests;
    }

    /** From now on the secret holds this text, written as JSON writes it between quotes. */
    void holds(String text) {
        answers(200, () -> "{\"SecretString\":\"" + text + "\"}");
    }

    void answers(int newStatus, ServerAnswer newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server's answer, possibly after waiting for something. */
    interface ServerAnswer {
        String body() throws InterruptedException;
    }
}
