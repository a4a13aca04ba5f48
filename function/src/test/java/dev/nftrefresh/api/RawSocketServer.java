package dev.nftrefresh.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server on this machine that does to each connection what a test says, byte by byte. */
final class RawSocketServer implements AutoCloseable {
    private final ServerSocket socket;
    private final SocketScript conversation;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    RawSocketServer(SocketScript conversation) {
        this.conversation = conversation;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** The requests read so far, head and body. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var connection = new Connection(socket.accept(), connections.size() + 1);
                connections.add(connection);
                Thread.ofVirtual().start(() -> converse(connection));
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private void converse(Connection connection) {
        try (connection) {
            conversation.with(connection);
        } catch (IOException _) {
            // the client went, which is what some tests want
        } finally {
            connection.over.countDown();
        }
    }

    /** What the server does to one connection, which is closed after it. */
    interface SocketScript {
        void with(Connection connection) throws IOException;
    }

    final class Connection implements AutoCloseable {
        /** The number of this connection, counted from 1. */
        final int number;

        final CountDownLatch over = new CountDownLatch(1);
        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** Reads a whole request. */
        void readRequest() throws IOException {
            String head = readHead();
            int length = head.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                    .findAny()
                    .orElse(0);
            requests.add(head + new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }

        /** Reads a request's head and leaves its body. */
        String readHead() throws IOException {
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                int read = in.read();
                if (read < 0) {
                    throw new EOFException("The client sent no request.");
                }
                head.write(read);
            }
            return head.toString(StandardCharsets.UTF_8);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Writes an answer with a body and its length. */
        void answer(int status, String headers, String body) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            write("HTTP/1.1 " + status + " Status\r\n" + headers + "content-length: " + length + "\r\n\r\n" + body);
        }

        /** Waits until the client closes the connection. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // what else it may have to say does not matter
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
