package dev.nftrefresh.local.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server of this machine that handles each request on a virtual thread of its own. */
public final class LocalHttpServer implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    static {
        // Otherwise each answer waits some 40 ms for the client's delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private LocalHttpServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts a server on 127.0.0.1.
     *
     * @param port 0 takes a free one
     */
    public static LocalHttpServer start(int port, HttpHandler handler) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return start(new InetSocketAddress(loopback, port), handler);
    }

    /** Starts a server on a free port of every address of this machine, so that a container reaches it too. */
    public static LocalHttpServer startOnAllAddresses(HttpHandler handler) throws IOException {
        return start(new InetSocketAddress(0), handler);
    }

    private static LocalHttpServer start(InetSocketAddress address, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return new LocalHttpServer(server, threads);
    }

    /** Such as {@code http://127.0.0.1:40123}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Closes every connection and interrupts the requests under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
