package dev.nftrefresh.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** An HTTP server on this machine that answers each request after the same time. */
final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;

    /**
     * Starts one.
     *
     * @param answer to a request whose {@code x-amz-target} is given, or empty
     */
    LoopbackServer(int status, Duration after, UnaryOperator<String> answer) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            long end = System.nanoTime() + after.toNanos();
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("x-amz-target");
            byte[] body = answer.apply(target == null ? "" : target).getBytes(StandardCharsets.UTF_8);
            for (long left = after.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
