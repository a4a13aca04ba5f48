package dev.nftrefresh.local.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.nftrefresh.local.http.LocalServer;
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
public final class StandInApi implements AutoCloseable {
    private static final String KEY_HEADER = "x-immutable-api-key";
    /** Far more than any request may have: what follows does not make the refusal clearer. */
    private static final int MOST_READ = 16 * 1_024 * 1_024;

    private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");

    private static final String FAULT = "as asked for";

    private static final byte[] BROKEN_OFF = "{\"imx_refreshes_limit\":\"67".getBytes(StandardCharsets.UTF_8);

    private final StandInSettings settings;
    private final Clock clock;
    private final RefreshLimit limit;
    private final LocalServer server;
    private final Faults faults = new Faults();
    private final Counters counters = new Counters();
    private final AcceptedTokens accepted = new AcceptedTokens();
    private final List<RecordedRequest> recorded = new ArrayList<>();
    private volatile boolean recording;
    private volatile Consumer<AnsweredRequest> listener = _ -> {};
    private volatile Predicate<String> goodKey = key -> !key.isEmpty();

    private StandInApi(StandInSettings settings, Clock clock, Listener listener) throws IOException {
        this.settings = settings;
        this.clock = clock;
        limit = RefreshLimit.of(settings);
        server = listener.start(this::handle);
    }

    /** Where the server listens. */
    @FunctionalInterface
    private interface Listener {
        LocalServer start(HttpHandler handler) throws IOException;
    }

    /** Starts on a free port; any key is good, and no request is recorded. */
    public static StandInApi start(StandInSettings settings, Clock clock) throws IOException {
        return start(settings, 0, clock);
    }

    /** Starts on this port. */
    public static StandInApi start(StandInSettings settings, int port, Clock clock) throws IOException {
        return new StandInApi(settings, clock, handler -> LocalServer.start(port, handler));
    }

    /** Starts on a free port of every address of this machine, so that a function in a container reaches it too. */
    public static StandInApi startForContainers(StandInSettings settings, Clock clock) throws IOException {
        return new StandInApi(settings, clock, LocalServer::startOnAllAddresses);
    }

    /** What stands for {@code https://api.sandbox.immutable.com}. */
    public URI baseUrl() {
        return server.address();
    }

    /** From now on only this key is good. */
    public void acceptOnly(String apiKey) {
        byte[] expected = apiKey.getBytes(StandardCharsets.UTF_8);
        goodKey = key -> MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** From now on requests are kept with their bodies, for as long as the stand-in is. */
    public void record() {
        recording = true;
    }

    /** From now on this is told of each request when it is answered, or left without an answer. */
    public void whenAnswered(Consumer<AnsweredRequest> told) {
        listener = told;
    }

    /** The requests recorded so far, in the order in which they ended. */
    public List<RecordedRequest> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    public Faults faults() {
        return faults;
    }

    /** What was accepted last of this token; an update that was applied without an answer counts. */
    public Optional<LastAccepted> lastAccepted(String contractAddress, String tokenId) {
        return accepted.last(contractAddress, tokenId);
    }

    public StandInCounts counts() {
        return counters.now(accepted.stale());
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_READ);
            Optional<RefreshPath> path = RefreshPath.of(exchange.getRequestURI().getPath());
            String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst(KEY_HEADER))
                    .orElse("");
            if (!goodKey.test(key)) {
                refuse(exchange, path, key, body);
            } else if (path.isEmpty()) {
                String message = "There is nothing at this path.";
                tell(path, 404, body, message);
                error(exchange, 404, ErrorBody.NOT_FOUND, message);
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

    private void refuse(HttpExchange exchange, Optional<RefreshPath> path, String key, byte[] body)
            throws IOException, InterruptedException {
        counters.requests.increment();
        counters.unauthorised.increment();
        Thread.sleep(settings.latency());
        path.ifPresent(refresh -> note(request(refresh, key, body, List.of()), 401, false));
        String message = "The API key is missing or wrong.";
        tell(path, 401, body, message);
        error(exchange, 401, ErrorBody.UNAUTHORISED, message);
    }

    private void refresh(HttpExchange exchange, RefreshPath path, String key, byte[] body)
            throws IOException, InterruptedException {
        counters.requests.increment();
        Thread.sleep(settings.latency());
        List<ReceivedToken> tokens;
        try {
            tokens = checked(exchange, path, body);
        } catch (NonconformingException e) {
            counters.nonconforming.increment();
            note(request(path, key, body, List.of()), 400, false);
            String message = String.valueOf(e.getMessage());
            tell(Optional.of(path), 400, body, message);
            error(exchange, 400, ErrorBody.VALIDATION, message);
            return;
        }
        counters.largestRequestTokens.accumulate(tokens.size());
        counters.largestRequestBytes.accumulate(body.length);
        ReceivedRequest request = request(path, key, body, tokens);
        Optional<Fault> fault = faults.of(request);
        if (fault.isPresent()) {
            counters.faults.increment();
            befall(exchange, request, fault.get());
        } else {
            answer(exchange, request);
        }
    }

    private static List<ReceivedToken> checked(HttpExchange exchange, RefreshPath path, byte[] body)
            throws NonconformingException {
        if (!path.hasAddress()) {
            throw new NonconformingException("contract_address is no address: " + path.contractAddress());
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/json")) {
            throw new NonconformingException("the Content-Type is not application/json but " + type);
        }
        return RequestCheck.check(body);
    }

    private void answer(HttpExchange exchange, ReceivedRequest request) throws IOException {
        RefreshLimit.Spent spent = spend(request);
        Map<String, String> quota = QuotaText.headers(spent);
        quota.forEach(exchange.getResponseHeaders()::set);
        String quotaLeft = settings.limit() == null
                ? ""
                : String.format(Locale.ROOT, "%,d of %,d left", spent.remaining(), spent.limit());
        tell(request, spent.granted() ? 202 : 429, quotaLeft);
        if (spent.granted()) {
            note(request, 202, true);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            quota.forEach((name, value) -> body.put(name.replace('-', '_'), value));
            write(exchange, 202, JSON_TYPE, body.toString());
        } else {
            note(request, 429, false);
            error(exchange, 429, ErrorBody.THROTTLED, "Too many metadata refreshes.");
        }
    }

    private RefreshLimit.Spent spend(ReceivedRequest request) {
        int cost = settings.unit() == QuotaUnit.TOKEN ? request.tokens().size() : 1;
        RefreshLimit.Spent spent;
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

    private void befall(HttpExchange exchange, ReceivedRequest request, Fault fault)
            throws IOException, InterruptedException {
        switch (fault) {
            case Fault.Answer(int status, var headers, String body) -> {
                note(request, status, false);
                tell(request, status, FAULT);
                write(exchange, status, headers, body);
            }
            case Fault.Cut(boolean applied) -> {
                note(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", cut");
            }
            case Fault.BrokenOff(boolean applied) -> {
                note(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", broken off");
                JSON_TYPE.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(202, BROKEN_OFF.length * 2L);
                exchange.getResponseBody().write(BROKEN_OFF);
                exchange.getResponseBody().flush();
            }
            case Fault.Hang(boolean applied) -> {
                // Before it is noted: who sees the request recorded may release it.
                CountDownLatch hanging = faults.hanging();
                note(request, 0, applied && spend(request).granted());
                tell(request, 0, FAULT + ", hangs");
                hanging.await();
            }
        }
    }

    private ReceivedRequest request(RefreshPath path, String key, byte[] body, List<ReceivedToken> tokens) {
        return new ReceivedRequest(
                clock.instant(),
                path.chainName(),
                path.contractAddress(),
                key,
                new String(body, StandardCharsets.UTF_8),
                body.length,
                tokens);
    }

    private void note(ReceivedRequest request, int status, boolean applied) {
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

    private void tell(Optional<RefreshPath> path, int status, byte[] body, String text) {
        listener.accept(new AnsweredRequest(
                clock.instant(), path.map(RefreshPath::contractAddress).orElse(""), 0, body.length, status, text));
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        write(exchange, status, JSON_TYPE, ErrorBody.of(code, message));
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
