package dev.nftrefresh.bulkload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Speaks the four calls of S3 that we make, in path style, and the real client that makes them. */
final class S3Server implements AutoCloseable {
    /** The account whose buckets these are. */
    static final String OWNER = "111122223333";

    final InMemoryObjectStore objects = new InMemoryObjectStore(() -> Instant.parse("2026-11-25T10:00:00Z"));
    volatile boolean refuses;
    /** Bytes of a content after which the connection is cut. */
    volatile int cutAfter = Integer.MAX_VALUE;

    private final HttpServer server;
    private final S3Client client;

    S3Server() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = S3Client.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    S3Client client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
            byte[] body = content(exchange);
            if (refuses || !OWNER.equals(exchange.getRequestHeaders().getFirst("x-amz-expected-bucket-owner"))) {
                answer(exchange, 403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.upload(path[0], path[1], body, null);
                    exchange.sendResponseHeaders(200, -1);
                }
                case "DELETE" -> {
                    objects.delete(path[0], path[1]);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> get(exchange, new ObjectVersionId(path[0], path[1], version(exchange)));
            }
        }
    }

    private static @Nullable String version(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null || !query.startsWith("versionId=") ? null : query.substring("versionId=".length());
    }

    private void get(HttpExchange exchange, ObjectVersionId id) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        StoredObject found = objects.open(id, 0);
        if (found == null) {
            answer(exchange, 404, "<Error><Code>NoSuchKey</Code><Message>None.</Message></Error>");
            return;
        }
        byte[] bytes = found.content().readAllBytes();
        if (range != null && from >= bytes.length) {
            answer(exchange, 416, "<Error><Code>InvalidRange</Code><Message>Not there.</Message></Error>");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.add("x-amz-version-id", objects.newestVersion(id));
        headers.add(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(found.lastModified().atOffset(ZoneOffset.UTC)));
        if (found.updatedAt() != null) {
            headers.add("x-amz-meta-updated-at", found.updatedAt());
        }
        int length = bytes.length - from;
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            headers.add("Content-Length", Integer.toString(length));
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, head || length == 0 ? -1 : length);
        if (!head) {
            exchange.getResponseBody().write(bytes, from, Math.min(length, cutAfter));
        }
    }

    private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** The body, without the chunks that the client signs each for itself. */
    private static byte[] content(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!"aws-chunked".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            return body;
        }
        var in = new ByteArrayInputStream(body);
        var out = new ByteArrayOutputStream();
        int length = chunkLength(in);
        while (length > 0) {
            out.writeBytes(in.readNBytes(length));
            in.skipNBytes(2);
            length = chunkLength(in);
        }
        return out.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
            line.append((char) b);
        }
        return Integer.parseInt(line.toString().strip().split(";", 2)[0], 16);
    }
}
