package dev.nftrefresh.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes on what comes, and counts the connections. */
public final class CountingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final URI target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger connections = new AtomicInteger();

    private CountingProxy(URI target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /** A proxy in front of that address. */
    public static CountingProxy before(URI target) throws IOException {
        var proxy = new CountingProxy(target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** How many were opened so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = server.accept();
                connections.incrementAndGet();
                var to = new Socket(target.getHost(), target.getPort());
                threads.execute(() -> pass(from, to));
                threads.execute(() -> pass(to, from));
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    /** One direction; its end is the end of both. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // The other direction has ended.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
