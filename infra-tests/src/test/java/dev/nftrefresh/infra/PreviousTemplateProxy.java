package dev.nftrefresh.infra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * LocalStack with the one thing of CloudFormation that it lacks: where a call says {@code UsePreviousTemplate}, this names
 * the template that the stack was deployed from. Every other call is passed on as it is.
 */
final class PreviousTemplateProxy implements AutoCloseable {
    /** Those that the client writes itself. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final URI target;
    private final String templateParameter;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private PreviousTemplateProxy(URI target, String template) throws IOException {
        this.target = target;
        templateParameter = "TemplateURL=" + URLEncoder.encode(template, StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    /** A proxy for the commands on this stack. */
    static PreviousTemplateProxy of(DeployedStack stack) throws IOException {
        return new PreviousTemplateProxy(stack.cloud().endpoint(), stack.template());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(request(exchange), BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        // One character a byte, so that any other body stays what it is.
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace("UsePreviousTemplate=true", templateParameter);
        var request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
