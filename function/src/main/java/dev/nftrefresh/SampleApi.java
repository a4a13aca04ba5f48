package dev.nftrefresh;

import dev.nftrefresh.api.RefreshClient;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.update.CollectionId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** Accepts one request on loopback, as Immutable's API does. */
final class SampleApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CONTENT_LENGTH = "content-length:";
    private static final byte[] ANSWER = """
            HTTP/1.1 202 Accepted\r
            content-type: application/json\r
            content-length: 2\r
            connection: close\r
            \r
            {}""".getBytes(StandardCharsets.US_ASCII);

    private static final CollectionId COLLECTION =
            new CollectionId("sample", "0x0000000000000000000000000000000000000000");

    private final ServerSocket server;

    private SampleApi() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout((int) PATIENCE.toMillis());
        Thread.ofPlatform().daemon().name("init-api").start(this::answer);
    }

    /** One request of a client of its own and its answer. */
    static RefreshOutcome exchange(InstantSource clock) throws IOException {
        try (var api = new SampleApi();
                var client = new RefreshClient(URI.create("http://127.0.0.1:" + api.server.getLocalPort()), clock)) {
            return client.refresh(COLLECTION, "{}".getBytes(StandardCharsets.UTF_8), "sample", PATIENCE);
        }
    }

    private void answer() {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
                    length = Integer.parseInt(
                            line.substring(CONTENT_LENGTH.length()).strip());
                }
            }
            in.skipNBytes(length);
            OutputStream out = socket.getOutputStream();
            out.write(ANSWER);
            out.flush();
        } catch (IOException | NumberFormatException _) {
            // Whoever asked has no answer then, and says so as of any request.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
