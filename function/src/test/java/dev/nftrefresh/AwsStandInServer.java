package dev.nftrefresh;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** AWS on loopback, for the calls of a copy: an empty table, and a secret. A call can be made to fail or to hang. */
final class AwsStandInServer implements AutoCloseable {
    /** The SDK reads it when a client is made. */
    private static final String ENDPOINT = "aws.endpointUrl";

    private static final Map<String, String> ANSWERS = Map.of(
            "GetSecretValue", "{\"SecretString\":\"sk_imapik-1\"}",
            "BatchGetItem", "{\"Responses\":{},\"UnprocessedKeys\":{}}",
            "Query", "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");

    /** The calls in their order. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** The last request of each call. */
    final Map<String, String> bodies = new ConcurrentHashMap<>();

    /** What requests to the API carried as key. */
    final List<String> keys = new CopyOnWriteArrayList<>();

    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    AwsStandInServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String call = target == null ? "api" : target.substring(target.indexOf('.') + 1);
            calls.add(call);
            bodies.put(call, new String(request, StandardCharsets.UTF_8));
            if (target == null) {
                keys.add(exchange.getRequestHeaders().getFirst("x-immutable-api-key"));
            }
            CountDownLatch released = hanging.get(call);
            if (released != null) {
                try {
                    released.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            String failure = failing.get(call);
            byte[] body = (failure != null ? "{\"__type\":\"" + failure + "\"}" : ANSWERS.getOrDefault(call, "{}"))
                    .getBytes(StandardCharsets.UTF_8);
            int ok = target == null ? 202 : 200;
            exchange.sendResponseHeaders(failure != null ? 400 : ok, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.setProperty(ENDPOINT, address());
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void fail(String call, String error) {
        failing.put(call, error);
    }

    void hang(String call) {
        hanging.put(call, new CountDownLatch(1));
    }

    /** All calls work from now on. */
    void recover() {
        failing.clear();
        hanging.values().forEach(CountDownLatch::countDown);
        hanging.clear();
    }

    @Override
    public void close() {
        recover();
        System.clearProperty(ENDPOINT);
        server.stop(0);
        threads.shutdownNow();
    }
}
