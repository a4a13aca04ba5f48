package dev.nftrefresh.api;

import dev.nftrefresh.update.CollectionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls Immutable's refresh endpoint over HTTP/1.1. A connection that turns out closed before a byte of the answer
 * arrived, as after a frozen Lambda environment resumes, is replaced once within the call; anything else is tried
 * once.
 */
public final class HttpRefreshClient implements RefreshApi, AutoCloseable {
    static {
        // Without it the JDK replaces a closed connection for GET and HEAD only; a refresh sent twice is still a
        // refresh.
        // The JDK reads it when the first HttpClient of the process sends, so it must be set before that.
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** Enough: everything that is read of an answer is in its first few hundred bytes. */
    private static final int LONGEST_BODY = 64 * 1024;

    private static final int LONGEST_CAUSE = 200;

    private final RefreshEndpointUrl address;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /**
     * A client of the API at this address.
     *
     * @param base {@code http} or {@code https}, a host, and a path if the API is under one
     * @param clock from which waits in answers count
     * @throws IllegalArgumentException if the base is anything else
     */
    public HttpRefreshClient(URI base, InstantSource clock) {
        this.address = new RefreshEndpointUrl(base);
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the collection is not in the format that {@link CollectionId} guarantees
     */
    @Override
    public RefreshOutcome refresh(CollectionId collection, byte[] body, String apiKey, Duration timeout) {
        URI url = address.of(collection);
        if (!HeaderValueCheck.isSendable(apiKey)) {
            // The JDK would refuse it too, with the key in its message.
            return new RefreshOutcome.KeyRefused(new ApiErrorResponse(
                    ApiErrorResponse.NOT_SENT,
                    null,
                    "The API key is empty or has a character that a header cannot hold.",
                    null));
        }
        if (!timeout.isPositive()) {
            return new RefreshOutcome.Unknown("Nothing was sent, because no time was left for an answer.");
        }
        var request = HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .header("accept", "application/json")
                .header("user-agent", "nft-refresh/0.1.0")
                .header("x-immutable-api-key", apiKey)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return await(request, apiKey, timeout);
    }

    /** Closes the connections; requests in flight end as {@link RefreshOutcome.Unknown}. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private RefreshOutcome await(HttpRequest request, String apiKey, Duration timeout) {
        Instant start = clock.instant();
        Future<HttpResponse<byte[]>> exchange = http.sendAsync(request, _ -> new BoundedBodySubscriber(LONGEST_BODY));
        try {
            // The request's own timeout ends with the headers; this one includes the body.
            HttpResponse<byte[]> answer = exchange.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            return RefreshOutcomeReader.read(
                    answer.statusCode(), answer.headers(), answer.body(), apiKey, clock.instant());
        } catch (TimeoutException _) {
            return new RefreshOutcome.Unknown("Immutable did not answer within " + timeout.toMillis() + " ms.");
        } catch (ExecutionException failure) {
            long millis = Duration.between(start, clock.instant()).toMillis();
            // The JDK's message for an answer that is not HTTP quotes it.
            String cause = new RedactedResponseText(apiKey).of(String.valueOf(failure.getCause()), LONGEST_CAUSE);
            return new RefreshOutcome.Unknown(
                    "The exchange with Immutable broke off after " + millis + " ms: " + cause + ".");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new RefreshOutcome.Unknown("The wait for Immutable's answer was interrupted.");
        } finally {
            exchange.cancel(true); // ends an abandoned exchange; does nothing to a finished one
        }
    }
}
