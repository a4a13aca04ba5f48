package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nftrefresh.api.RawSocketServer.SocketScript;
import dev.nftrefresh.api.RefreshOutcome.Accepted;
import dev.nftrefresh.api.RefreshOutcome.Failed;
import dev.nftrefresh.api.RefreshOutcome.KeyRefused;
import dev.nftrefresh.api.RefreshOutcome.Refused;
import dev.nftrefresh.api.RefreshOutcome.Throttled;
import dev.nftrefresh.api.RefreshOutcome.Unknown;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpRefreshClientTest {
    private static final CollectionId COLLECTION =
            new CollectionId("imtbl-zkevm-testnet", "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e");
    private static final String KEY = "sk_imapik-test-Zm9vYmFy";
    private static final byte[] BODY =
            "{\"nft_metadata\":[{\"token_id\":\"1\",\"name\":\"Épée\",\"n\":1e400}]}".getBytes(UTF_8);

    /** Much longer than anything here takes, for tests that are not about time. */
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

    private List<AutoCloseable> toClose = List.of();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    private RawSocketServer server(SocketScript conversation) {
        var server = new RawSocketServer(conversation);
        toClose = Stream.concat(Stream.of(server), toClose.stream()).toList();
        return server;
    }

    private HttpRefreshClient client(URI base) {
        var client = new HttpRefreshClient(base, CLOCK);
        toClose = Stream.concat(Stream.of(client), toClose.stream()).toList();
        return client;
    }

    private RefreshOutcome send(RawSocketServer server) {
        return send(server, AMPLE);
    }

    private RefreshOutcome send(RawSocketServer server, Duration timeout) {
        return client(server.uri()).refresh(COLLECTION, BODY, KEY, timeout);
    }

    private static SocketScript answering(int status, String headers, String body) {
        return connection -> {
            while (true) {
                connection.readRequest();
                connection.answer(status, headers, body);
            }
        };
    }

    @Test
    void it_sends_what_the_api_s_contract_asks_for() {
        RawSocketServer server = server(answering(202, "", "{}"));
        send(server);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request)
                    .startsWith("POST /v1/chains/imtbl-zkevm-testnet/collections/"
                            + "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/nfts/refresh-metadata HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n" + new String(BODY, UTF_8));
            assertThat(request.toLowerCase(Locale.ROOT).lines())
                    .contains(
                            "content-type: application/json",
                            "accept: application/json",
                            "user-agent: nft-refresh/0.1.0",
                            "content-length: " + BODY.length)
                    .noneMatch(line -> line.startsWith("upgrade:"));
            assertThat(request).contains("\r\nx-immutable-api-key: " + KEY + "\r\n");
        });
    }

    @Test
    void a_base_may_end_in_a_slash_or_have_a_path() {
        RawSocketServer server = server(answering(202, "", "{}"));
        client(URI.create(server.uri() + "/")).refresh(COLLECTION, BODY, KEY, AMPLE);
        client(URI.create(server.uri() + "/proxy/")).refresh(COLLECTION, BODY, KEY, AMPLE);
        assertThat(server.requests().get(0)).startsWith("POST /v1/");
        assertThat(server.requests().get(1)).startsWith("POST /proxy/v1/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "//host",
                "https:",
                "https:/path",
                "https://user:secret@host",
                "https://host?a=b",
                "https://host#part",
                "mailto:a@b"
            })
    void an_invalid_base_is_refused(String base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client(URI.create(base)))
                .withMessageNotContaining("secret");
    }

    @Test
    void an_acceptance_has_the_quota_of_its_headers() {
        RawSocketServer server = server(answering(
                202,
                String.join(
                        "\r\n",
                        "imx-refreshes-limit: 677",
                        "IMX-Remaining-Refreshes: 675",
                        "Retry-After: 9.61-seconds",
                        "imx-refresh-limit-reset: 2026-11-23 10:06:07.401553 +0000 UTC",
                        ""),
                "{}"));
        assertThat(send(server))
                .isEqualTo(new Accepted(new ReportedQuota(
                        677L, 675L, Instant.parse("2026-11-23T10:06:07.402Z"), Duration.ofMillis(9610), List.of())));
    }

    @Test
    void an_answer_in_chunks_is_read_whole() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 400 Bad\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"code\":\"\r\n");
            connection.write("12\r\nVALIDATION_ERROR\"}\r\n0\r\n\r\n");
        });
        assertThat(send(server)).isEqualTo(new Refused(new ApiErrorResponse(400, "VALIDATION_ERROR", null, null)));
    }

    @Test
    void an_answer_that_ends_with_its_connection_is_read_whole() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 400 Bad\r\nconnection: close\r\n\r\n{\"code\":\"VALIDATION_ERROR\"}");
        });
        assertThat(send(server)).isEqualTo(new Refused(new ApiErrorResponse(400, "VALIDATION_ERROR", null, null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_is_not_followed(int status) {
        RawSocketServer server = server(answering(status, "location: /elsewhere\r\n", ""));
        assertThat(send(server)).isEqualTo(new Failed(new ApiErrorResponse(status, null, null, null)));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_401_without_a_challenge_and_a_407_are_answers_like_others() {
        assertThat(send(server(answering(401, "", "{}"))))
                .isEqualTo(new KeyRefused(new ApiErrorResponse(401, null, null, null)));
        assertThat(send(server(answering(407, "", "{}"))))
                .isEqualTo(new Failed(new ApiErrorResponse(407, null, null, null)));
    }

    @Test
    void an_answer_that_is_not_http_and_repeats_the_key_is_reported_without_it() {
        for (String answer : List.of(
                KEY + "\r\n\r\n",
                "HTTP/1.1 " + KEY + "\r\n\r\n",
                "HTTP/1.1 400 Bad\r\n" + KEY + "\r\n\r\n",
                "HTTP/1.1 400 Bad\r\n" + KEY + "\u0001: 1\r\n\r\n",
                "HTTP/1.1 400 Bad\r\ncontent-length: " + KEY + "\r\n\r\n",
                "HTTP/1.1 400 Bad\r\ntransfer-encoding: chunked\r\n\r\n" + KEY + "\r\n")) {
            RefreshOutcome outcome = send(server(connection -> {
                connection.readRequest();
                connection.write(answer);
            }));
            assertThat(outcome.toString()).as(answer).doesNotContain("Zm9vYmFy", "sk_imapik-");
        }
    }

    @Test
    void an_answer_without_a_body_is_an_answer() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        });
        assertThat(send(server))
                .isEqualTo(new Unknown("The answer came with status 204, so the request may have been applied."));
    }

    @Test
    void a_closed_connection_is_replaced_once() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.answer(202, "", "{}");
            connection.readRequest();
            if (connection.number > 1) {
                connection.answer(202, "", "{}");
            }
        });
        try (var client = new HttpRefreshClient(server.uri(), CLOCK)) {
            assertThat(client.refresh(COLLECTION, BODY, KEY, AMPLE)).isInstanceOf(Accepted.class);
            assertThat(client.refresh(COLLECTION, BODY, KEY, AMPLE)).isInstanceOf(Accepted.class);
        }
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_connection_closed_while_a_large_request_is_written_is_replaced_once() {
        var largest = new byte[233_472];
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.answer(202, "", "{}");
            if (connection.number == 1) {
                connection.readHead(); // closing with the body unread resets the connection
            } else {
                connection.readRequest();
            }
        });
        try (var client = new HttpRefreshClient(server.uri(), CLOCK)) {
            assertThat(client.refresh(COLLECTION, BODY, KEY, AMPLE)).isInstanceOf(Accepted.class);
            assertThat(client.refresh(COLLECTION, largest, KEY, AMPLE)).isInstanceOf(Accepted.class);
        }
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void an_api_that_always_closes_the_connection_is_tried_twice() {
        RawSocketServer server = server(RawSocketServer.Connection::readRequest);
        assertThat(send(server)).isInstanceOf(Unknown.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void an_api_that_always_resets_the_connection_is_tried_twice() {
        RawSocketServer server = server(RawSocketServer.Connection::readHead); // closing with the body unread resets
        assertThat(client(server.uri()).refresh(COLLECTION, new byte[233_472], KEY, AMPLE))
                .isInstanceOf(Unknown.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HTTP/1.1 202 Accepted\r\nimx-rem",
                "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n{\"imx",
                "HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"
            })
    void a_truncated_answer_gives_an_unknown_outcome_and_is_not_requested_again(String beginning) {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write(beginning);
        });
        assertThat(send(server)).isInstanceOf(Unknown.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void an_answer_that_is_not_http_gives_an_unknown_outcome() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("SSH-2.0-OpenSSH_9.6\r\n\r\n");
        });
        assertThat(send(server)).isInstanceOf(Unknown.class);
    }

    @Test
    void a_refused_connection_gives_an_unknown_outcome() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RefreshOutcome outcome = client(URI.create("http://127.0.0.1:" + port)).refresh(COLLECTION, BODY, KEY, AMPLE);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith(
                                        "The exchange with Immutable broke off after 0 ms: java.net.ConnectException"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 202 Accepted\r\n",
                "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n{\"imx"
            })
    void the_timeout_holds_for_the_whole_exchange(String beginning) throws Exception {
        var gone = new CountDownLatch(1);
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write(beginning);
            connection.awaitEnd();
            gone.countDown();
        });
        assertThat(send(server, Duration.ofMillis(500)))
                .isEqualTo(new Unknown("Immutable did not answer within 500 ms."));
        assertThat(gone.await(30, TimeUnit.SECONDS)).as("the client hung up").isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_slow_body_does_not_exceed_the_timeout() {
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n");
            while (true) {
                connection.write("1\r\n \r\n");
                Thread.onSpinWait();
            }
        });
        // It may come to an end before that, once 64 KiB have trickled in: then the status has decided.
        assertThat(send(server, Duration.ofMillis(500))).isInstanceOfAny(Unknown.class, Accepted.class);
    }

    @Test
    void only_the_beginning_of_an_endless_body_is_read() throws Exception {
        var gone = new CountDownLatch(1);
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 429 Too Many\r\n\r\n{\"retry_after\":\"7\",\"message\":\"");
            try {
                while (true) {
                    connection.write("x".repeat(10_000));
                }
            } finally {
                gone.countDown();
            }
        });
        assertThat(send(server))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.quota().retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(gone.await(30, TimeUnit.SECONDS)).as("the client hung up").isTrue();
    }

    @Test
    void without_time_nothing_is_sent() {
        RawSocketServer server = server(answering(202, "", "{}"));
        assertThat(send(server, Duration.ZERO)).isInstanceOf(Unknown.class);
        assertThat(send(server, Duration.ofSeconds(-1))).isInstanceOf(Unknown.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void more_time_than_a_long_holds_is_time() {
        assertThat(send(server(answering(202, "", "{}")), Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sk_secret\n",
                "sk_secret\r\nx: y",
                "sk secret",
                "sk_secr\u00e9t",
                "sk_secret\u0000",
                "sk_secret\u007f",
                "sk_“secret”"
            })
    void a_key_that_no_header_can_hold_is_refused_and_never_shown(String key) {
        RawSocketServer server = server(answering(202, "", "{}"));
        RefreshOutcome outcome = client(server.uri()).refresh(COLLECTION, BODY, key, AMPLE);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        KeyRefused.class,
                        refused -> assertThat(refused.error().status()).isEqualTo(ApiErrorResponse.NOT_SENT));
        assertThat(outcome.toString()).doesNotContain("secr");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chain/../x",
                "",
                "Chain",
                "chain?",
                "chain%2f",
                "chain\n",
            })
    void an_invalid_chain_never_enters_the_path(String chain) {
        HttpRefreshClient client = client(URI.create("http://127.0.0.1:9"));
        var collection = new CollectionId(chain, COLLECTION.contractAddress());
        assertThatIllegalArgumentException().isThrownBy(() -> client.refresh(collection, BODY, KEY, AMPLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0x8A90CAB2B38DBA80C64B7734E58EE1DB38B8992E",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e0",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e\n",
                "8a90cab2b38dba80c64b7734e58ee1db38b8992e00",
                "0x8a90cab2b38dba80c64b7734e58ee1db38b8/../"
            })
    void an_invalid_address_never_enters_the_path(String address) {
        HttpRefreshClient client = client(URI.create("http://127.0.0.1:9"));
        var collection = new CollectionId(COLLECTION.chainName(), address);
        assertThatIllegalArgumentException().isThrownBy(() -> client.refresh(collection, BODY, KEY, AMPLE));
    }

    @Test
    void an_interruption_ends_the_wait_and_stays_visible() throws Exception {
        var asked = new CountDownLatch(1);
        RawSocketServer server = server(connection -> {
            connection.readRequest();
            asked.countDown();
            connection.awaitEnd();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var thread = new Thread[1];
            Future<Boolean> interrupted = threads.submit(() -> {
                thread[0] = Thread.currentThread();
                assertThat(send(server)).isInstanceOf(Unknown.class);
                return Thread.currentThread().isInterrupted();
            });
            asked.await();
            thread[0].interrupt();
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void a_closed_client_gives_an_unknown_outcome() {
        RawSocketServer server = server(answering(202, "", "{}"));
        HttpRefreshClient client = client(server.uri());
        client.close();
        assertThat(client.refresh(COLLECTION, BODY, KEY, AMPLE)).isInstanceOf(Unknown.class);
    }

    @Test
    void many_threads_send_at_once() throws Exception {
        RawSocketServer server = server(answering(202, "imx-remaining-refreshes: 5\r\n", "{}"));
        try (var client = new HttpRefreshClient(server.uri(), Clock.systemUTC());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<RefreshOutcome> send = () -> client.refresh(COLLECTION, BODY, KEY, AMPLE);
            assertThat(threads.invokeAll(Stream.generate(() -> send).limit(100).toList()))
                    .allSatisfy(sent -> assertThat(sent.resultNow())
                            .isEqualTo(new Accepted(new ReportedQuota(null, 5L, null, null, List.of()))));
        }
        assertThat(server.requests()).hasSize(100);
    }
}
