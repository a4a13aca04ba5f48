package dev.nftrefresh.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.nftrefresh.local.http.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets Manager with one secret, for the one call that the function makes: {@code GetSecretValue}. */
public final class StandInSecrets implements AutoCloseable {
    private static final String NAME = "nft-refresh/api-key";
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + NAME + "-local1";
    private static final String ACTION = "secretsmanager.GetSecretValue";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile String secret;
    private volatile boolean failing;

    private StandInSecrets(String secret) throws IOException {
        this.secret = secret;
        server = LocalServer.start(0, this::handle);
    }

    /**
     * Starts on a free port.
     *
     * @param secret the key as plain text or as <code>{"api_key": "…"}</code>
     */
    public static StandInSecrets start(String secret) throws IOException {
        return new StandInSecrets(secret);
    }

    /** The name under which the secret is found. */
    public String arn() {
        return ARN;
    }

    /** The key was rotated: calls from now on get this one. */
    public void rotateTo(String newSecret) {
        secret = newSecret;
    }

    /** From now on each call is answered with status 500, or no longer. */
    public void fail(boolean fails) {
        failing = fails;
    }

    /** How often the secret was asked for. */
    public int calls() {
        return calls.get();
    }

    public URI endpoint() {
        return server.address();
    }

    /** The SDK's own client, pointed at this stand-in. */
    public SecretsManagerClient client() {
        return SecretsManagerClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.incrementAndGet();
            JsonNode call = JSON.readTree(exchange.getRequestBody());
            String id = call.path("SecretId").asText();
            if (failing) {
                error(exchange, 500, "InternalServiceError", "A fault that a test asked for.");
            } else if (!ACTION.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
                error(exchange, 400, "InvalidRequestException", "The stand-in only knows GetSecretValue.");
            } else if (!id.equals(ARN) && !id.equals(NAME)) {
                error(exchange, 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
            } else {
                ObjectNode answer = JsonNodeFactory.instance
                        .objectNode()
                        .put("ARN", ARN)
                        .put("Name", NAME)
                        .put("SecretString", secret);
                answer.putArray("VersionStages").add("AWSCURRENT");
                write(exchange, 200, answer);
            }
        }
    }

    private static void error(HttpExchange exchange, int status, String type, String message) throws IOException {
        write(
                exchange,
                status,
                JsonNodeFactory.instance.objectNode().put("__type", type).put("Message", message));
    }

    private static void write(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
