package dev.nftrefresh.local.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.nftrefresh.local.http.LocalHttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Immutable's refresh endpoint on this machine. In this order it looks at the key, the path, the body, what a
 * test wants to go wrong, and the quota; what does not conform spends nothing.
 */
public final class StandInRefreshApi implements AutoCloseable {
    private static final String KEY_HEADER = "x-immutable-api-key";
    /** Far more than any request may have: what follows does not make the refusal clearer. */
    private static final int MOST_READ = 16 * 1_024 * 1_024;

    private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");

    private static final String FAULT = "as asked for";

    private static final byte[] BROKEN_OFF = "{\"imx_refreshes_limit\":\"67".getBytes(StandardCharsets.UTF_8);

    private final StandInSettings settings;
    private final Clock clock;
    private final StandInQuota limit;
    private final LocalHttpServer server;
    private final FaultInjector faults = new FaultInjector();
    private final StandInCounters counters = new StandInCounters();
    private final AcceptedTokens accepted = new AcceptedTokens();
    private final List<RecordedRequest> recorded = new ArrayList<>();
    private volatile boolean recording;
    private volatile Consumer<AnsweredRequest> listener = _ -> {};
    private volatile Predicate<String> goodKey = key -> !key.isEmpty();

    private StandInRefreshApi(StandInSettings settings, Clock clock, Listener listener) throws IOException {
        this.settings = settings;
        this.clock = clock;
        limit = StandInQuota.of(settings);
        server = listener.start(this::handle);
    }

    /** Where the server listens. */
    @FunctionalInterface
    private interface Listener {
        LocalHttpServer start(HttpHandler handler) throws IOException;
    }

    /** Starts on a free port; any key is good, and no request is recorded. */
    public static StandInRefreshApi start(StandInSettings settings, Clock clock) throws IOException {
        return start(settings, 0, clock);
    }

    /** Starts on this port. */
    public static StandInRefreshApi start(StandInSettings settings, int port, Clock clock) throws IOException {
        return new StandInRefreshApi(settings, clock, handler -> LocalHttpServer.start(port, handler));
    }

    /** Starts on a free port of every address of this machine, so that a function in a container reaches it too. */
    public static StandInRefreshApi startForContainers(StandInSettings settings, Clock clock) throws IOException {
        return new StandInRefreshApi(settings, clock, LocalHttpServer::startOnAllAddresses);
    }

    /** The address that replaces {@code https://api.sandbox.immutable.com}. */
    public URI baseUrl() {
        return server.address();
    }

    /** From now on only this key is good. */
    public void acceptOnly(String apiKey) {
        byte[] expected = apiKey.getBytes(StandardCharsets.UTF_8);
        goodKey = key -> MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** From now on records requests with their bodies, until the stand-in is closed. */
    public void record() {
        recording = true;
    }

    /** From now on notifies this listener of each request when it is answered, or left without an answer. */
    public void whenAnswered(Consumer<AnsweredRequest> reported) {
        listener = reported;
    }

    /** The requests recorded so far, in the order in which they ended. */
    public List<RecordedRequest> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    public FaultInjector faults() {
        return faults;
    }

    /** What was accepted last of this token; an update that was applied without an answer counts. */
    public Optional<LastAcceptedUpdate> lastAccepted(String contractAddress, String tokenId) {
        return accepted.last(contractAddress, tokenId);
    }

    public StandInTotals counts() {
        return counters.now(accepted.stale());
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_READ);
            Optional<RefreshRequestPath> path =
                    RefreshRequestPath.of(exchange.getRequestURI().getPath());
            String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst(KEY_HEADER))
                    .orElse("");
            if (!goodKey.test(key)) {
                refuse(exchange, path, key, body);
            } else if (path.isEmpty()) {
                String message = "There is nothing at this path.";
                tell(path, 404, body, message);
                error(exchange, 404, ApiErrorBody.NOT_FOUND, message);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                String message = "This endpoint takes POST.";
                tell(path, 405, body, message);
                error(exchange, 405, "METHOD_NOT_ALLOWED", message);
            } else {
                refresh(exchange, path.get(), key, body);
            }
        } catch (InterruptedException _) {
            // The stand-in is closing; the connection goes with it.
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(HttpExchange exchange, Optional<RefreshRequestPath> path, String key, byte[] body)
            throws IOException, InterruptedException {
        counters.requests.increment();
        counters.unauthorised.increment();
        Thread.sleep(settings.latency());
        path.ifPresent(refresh -> recordRequest(request(refresh, key, body, List.of()), 401, false));
        String message = "The API key is missing or wrong.";
        tell(path, 401, body, message);
        error(exchange, 401, ApiErrorBody.UNAUTHORISED, message);
    }

    private void refresh(HttpExchange exchange, RefreshRequestPath path, String key, byte[] body)
            throws IOException, InterruptedException {
        counters.requests.increment();
        Thread.sleep(settings.latency());
        List<ReceivedToken> tokens;
        try {
            tokens = checked(exchange, path, body);
        } catch (NonconformingRequestException e) {
            counters.nonconforming.increment();
            recordRequest(request(path, key, body, List.of()), 400, false);
            String message = String.valueOf(e.getMessage());
            tell(Optional.of(path), 400, body, message);
            error(exchange, 400, ApiErrorBody.VALIDATION, message);
            return;
        }
        counters.largestRequestTokens.accumulate(tokens.size());
        counters.largestRequestBytes.accumulate(body.length);
        ReceivedRequest request = request(path, key, body, tokens);
        Optional<InjectedFault> fault = faults.of(request);
        if (fault.isPresent()) {
            counters.faults.increment();
            applyFault(exchange, request, fault.get());
        } else {
            answer(exchange, request);
        }
    }

    private static List<ReceivedToken> checked(HttpExchange exchange, RefreshRequestPath path, byte[] body)
            throws NonconformingRequestException {
        if (!path.hasAddress()) {
            throw new NonconformingRequestException("contract_address is no address: " + path.contractAddress());
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/json")) {
            throw new NonconformingRequestException("the Content-Type is not application/json but " + type);
        }
        return RequestValidator.check(body);
    }

    private void answer(HttpExchange exchange, ReceivedRequest request) throws IOException {
        StandInQuota.SpendResult spent = spend(request);
        Map<String, String> quota = QuotaHeaderText.headers(spent);
        quota.forEach(exchange.getResponseHeaders()::set);
        String quotaLeft = settings.limit() == null
                ? ""
                : String.format(Locale.ROOT, "%,d of %,d left", spent.remaining(), spent.limit());
        tell(request, spent.granted() ? 202 : 429, quotaLeft);
        if (spent.granted()) {
            recordRequest(request, 202, true);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            quota.forEach((name, value) -> body.put(name.replace('-', '_'), value));
            write(exchange, 202, JSON_TYPE, body.toString());
        } else {
            recordRequest(request, 429, false);
            error(exchange, 429, ApiErrorBody.THROTTLED, "Too many metadata refreshes.");
        }
    }

    private StandInQuota.SpendResult spend(ReceivedRequest request) {
        int cost = settings.unit() == StandInQuotaUnit.TOKEN ? request.tokens().size() : 1;
        StandInQuota.SpendResult spent;
        synchronized (limit) {
            Instant now = clock.instant();
            spent = limit.spend(cost, now);
            if (spent.granted()) {
                accepted.add(request.contractAddress(), request.tokens(), now);
            }
        }
        if (spent.granted()) {
            counters.accepted.increment();
            counters.tokensAccepted.add(request.tokens().size());
        } else {
            counters.throttled.increment();
        }
        return spent;
    }

    private void applyFault(HttpExchange exchange, ReceivedRequest request, InjectedFault fault)
            throws IOException, InterruptedException {
        switch (fault) {
            case InjectedFault.ErrorResponse(int status, var headers, String body) -> {
                recordRequest(request, status, false);
                tell(request, status, FAULT);
                write(exchange, status, headers, body);
            }
            case InjectedFault.ConnectionClosed(boolean applied) -> {
                recordRequest(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", cut");
            }
            case InjectedFault.TruncatedResponse(boolean applied) -> {
                recordRequest(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", broken off");
                JSON_TYPE.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(202, BROKEN_OFF.length * 2L);
                exchange.getResponseBody().write(BROKEN_OFF);
                exchange.getResponseBody().flush();
            }
            case InjectedFault.NoResponse(boolean applied) -> {
                // Before it is recorded: who sees the request recorded may release it.
                CountDownLatch hanging = faults.hanging();
                recordRequest(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", hangs");
                hanging.await();
            }
        }
    }

    private ReceivedRequest request(RefreshRequestPath path, String key, byte[] body, List<ReceivedToken> tokens) {
        return new ReceivedRequest(
                clock.instant(),
                path.chainName(),
                path.contractAddress(),
                key,
                new String(body, StandardCharsets.UTF_8),
                body.length,
                tokens);
    }

    private void recordRequest(ReceivedRequest request, int status, boolean applied) {
        if (recording) {
            synchronized (recorded) {
                recorded.add(new RecordedRequest(request, status, applied));
            }
        }
    }

    private void tell(ReceivedRequest request, int status, String text) {
        listener.accept(new AnsweredRequest(
                request.at(), request.contractAddress(), request.tokens().size(), request.bytes(), status, text));
    }

    private void tell(Optional<RefreshRequestPath> path, int status, byte[] body, String text) {
        listener.accept(new AnsweredRequest(
                clock.instant(),
                path.map(RefreshRequestPath::contractAddress).orElse(""),
                0,
                body.length,
                status,
                text));
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        write(exchange, status, JSON_TYPE, ApiErrorBody.of(code, message));
    }

    private static void write(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        // -1 is "no body" to this server; 0 would be "chunked".
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
