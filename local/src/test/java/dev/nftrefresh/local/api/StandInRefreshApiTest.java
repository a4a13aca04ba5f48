package dev.nftrefresh.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.SettableClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInRefreshApiTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00.401553Z"));

    @SuppressWarnings("NullAway.Init")
    private StandInRefreshApi api;

    private StandInCaller caller;

    @BeforeEach
    void startWithoutLimit() throws IOException {
        start(StandInSettings.UNLIMITED);
    }

    private void start(StandInSettings settings) throws IOException {
        stop();
        api = StandInRefreshApi.start(settings, clock);
        caller = new StandInCaller(api.baseUrl());
    }

    @AfterEach
    void stop() {
        if (api != null) {
            caller.close();
            api.close();
        }
    }

    @Test
    void acceptsConformingRequests() throws Exception {
        HttpResponse<String> answer = caller.post(RequestBodies.bodyOfTokens(3));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(api.counts().tokensAccepted()).isEqualTo(3);
        assertThat(api.counts().nonconforming()).isZero();
    }

    @Test
    void reportsTheQuotaInTheFormatsSeenInPractice() throws Exception {
        start(StandInSettings.perWindow(677, Duration.ofHours(1)));

        HttpResponse<String> answer = caller.post(RequestBodies.bodyOfTokens(1));

        assertThat(answer.headers().firstValue("imx-refreshes-limit")).hasValue("677");
        assertThat(answer.headers().firstValue("imx-remaining-refreshes")).hasValue("676");
        assertThat(answer.headers().firstValue("imx-refresh-limit-reset"))
                .hasValue("2026-11-23 11:00:00.401553 +0000 UTC");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("3600.00-seconds");
        JsonNode body = json(answer);
        assertThat(body.get("imx_refreshes_limit").asText()).isEqualTo("677");
        assertThat(body.get("imx_remaining_refreshes").asText()).isEqualTo("676");
        assertThat(body.get("imx_refresh_limit_reset").asText()).isEqualTo("2026-11-23 11:00:00.401553 +0000 UTC");
        assertThat(body.get("retry_after").asText()).isEqualTo("3600.00-seconds");
    }

    @Test
    void throttlesWhenTheWindowIsUsedUpAndUntilItEnds() throws Exception {
        start(StandInSettings.perWindow(2, Duration.ofSeconds(5)));
        caller.post(RequestBodies.bodyOfTokens(1));
        clock.advance(Duration.ofSeconds(1));
        caller.post(RequestBodies.bodyOfTokens(1));

        HttpResponse<String> third = caller.post(RequestBodies.bodyOfTokens(1));
        clock.advance(Duration.ofSeconds(4));
        HttpResponse<String> fourth = caller.post(RequestBodies.bodyOfTokens(1));

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(json(third).get("code").asText()).isEqualTo("TOO_MANY_REQUESTS_ERROR");
        assertThat(third.headers().firstValue("retry-after")).hasValue("4.00-seconds");
        assertThat(third.headers().firstValue("imx-remaining-refreshes")).hasValue("0");
        assertThat(fourth.statusCode()).isEqualTo(202);
        assertThat(api.counts().throttled()).isEqualTo(1);
    }

    @Test
    void countsTokensWhereTheyAreTheUnit() throws Exception {
        start(new StandInSettings(5L, Duration.ofHours(1), QuotaRefill.WINDOW, StandInQuotaUnit.TOKEN, Duration.ZERO));

        assertThat(caller.post(RequestBodies.bodyOfTokens(3)).statusCode()).isEqualTo(202);
        assertThat(caller.post(RequestBodies.bodyOfTokens(3)).statusCode()).isEqualTo(429);
        assertThat(caller.post(RequestBodies.bodyOfTokens(2)).statusCode()).isEqualTo(202);
    }

    private static String versionOf(String tokenId, long version) {
        return RequestBodies.token(tokenId).replace("\"name\"", "\"version\":" + version + ",\"name\"");
    }

    @Test
    void countsWhatIsAcceptedAfterANewerUpdateOfTheSameToken() throws Exception {
        caller.post(RequestBodies.body(versionOf("1", 2), versionOf("2", 1)));
        clock.advance(Duration.ofSeconds(1));
        caller.post(RequestBodies.body(versionOf("01", 1), versionOf("2", 1), RequestBodies.token("3")));

        assertThat(api.counts().staleOverwrites()).isEqualTo(1);
        assertThat(api.lastAccepted(StandInCaller.ADDRESS, "1"))
                .hasValue(new LastAcceptedUpdate(clock.instant(), 1L, 2L));
        assertThat(api.lastAccepted(StandInCaller.ADDRESS, "3"))
                .hasValue(new LastAcceptedUpdate(clock.instant(), null, null));
        assertThat(api.lastAccepted(StandInCaller.ADDRESS, "4")).isEmpty();
    }

    @Test
    void anUpdateThatWasAppliedWithoutAnAnswerIsAccepted() throws Exception {
        api.faults().whenever(_ -> true, new InjectedFault.ConnectionClosed(true));
        assertThatThrownBy(() -> caller.post(RequestBodies.body(versionOf("1", 2))))
                .isInstanceOf(IOException.class);
        api.faults().clear();

        caller.post(RequestBodies.body(versionOf("1", 1)));

        assertThat(api.counts().staleOverwrites()).isEqualTo(1);
    }

    @Test
    void refusesWithoutAKeyOrWithAnotherOne() throws Exception {
        HttpRequest without = HttpRequest.newBuilder(
                        caller.request("{}").build().uri())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(RequestBodies.bodyOfTokens(1)))
                .build();
        assertThat(json(caller.send(without)).get("code").asText()).isEqualTo("UNAUTHORISED_REQUEST");

        api.acceptOnly("sk_imapik-new");
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(401);
        assertThat(api.counts().unauthorised()).isEqualTo(2);
    }

    @Test
    void aNonconformingRequestSpendsNothing() throws Exception {
        start(StandInSettings.perWindow(1, Duration.ofHours(1)));

        HttpResponse<String> refused = caller.post("{}");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = json(refused);
        assertThat(error.get("code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(error.get("message").asText()).isEqualTo("nft_metadata is missing");
        assertThat(error.get("trace_id").asText()).hasSize(32);
        assertThat(error.has("link")).isTrue();
        assertThat(error.has("details")).isTrue();
        assertThat(api.counts().nonconforming()).isEqualTo(1);
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(202);
    }

    @Test
    void refusesBodiesNotDeclaredAsJson() throws Exception {
        HttpRequest text = caller.request(RequestBodies.bodyOfTokens(1))
                .setHeader("Content-Type", "text/plain")
                .build();

        assertThat(caller.send(text).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        HttpRequest other =
                caller.request("").uri(api.baseUrl().resolve("/v1/chains")).build();

        assertThat(caller.send(other).statusCode()).isEqualTo(404);
        assertThat(api.counts().requests()).isZero();
    }

    @Test
    void faultsApplyToTheNextRequestsInTheirOrder() throws Exception {
        api.faults()
                .next(
                        InjectedFault.serverError(),
                        InjectedFault.unavailable(),
                        InjectedFault.throttledWithoutQuota(),
                        InjectedFault.redirect("/"));

        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(500);
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(503);
        HttpResponse<String> throttled = caller.post(RequestBodies.bodyOfTokens(1));
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().map()).doesNotContainKeys("retry-after", "imx-remaining-refreshes");
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(302);
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(202);
        assertThat(api.counts().faults()).isEqualTo(4);
    }

    @Test
    void refusesRequestsThatHoldAPoisonedToken() throws Exception {
        api.faults().refuseTokens(Set.of("2"));

        HttpResponse<String> refused = caller.post(RequestBodies.bodyOfTokens(3));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(caller.post(RequestBodies.bodyOfTokens(1)).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutsTheConnectionWithoutAnAnswer(boolean applied) {
        api.record();
        // Always, because a client may try a second time when it got no byte of an answer.
        api.faults().whenever(_ -> true, new InjectedFault.ConnectionClosed(applied));

        assertThatThrownBy(() -> caller.post(RequestBodies.bodyOfTokens(1))).isInstanceOf(IOException.class);

        assertThat(api.recorded()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.status()).isZero();
            assertThat(request.applied()).isEqualTo(applied);
        });
    }

    @Test
    void hangsUntilItIsReleased() throws Exception {
        api.record();
        api.faults().next(InjectedFault.hang());
        var hanging = caller.postLater(RequestBodies.bodyOfTokens(1));
        while (api.recorded().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(hanging).isNotDone();
        api.faults().whenever(_ -> true, InjectedFault.cut());
        api.faults().release();

        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void recordsRequestsWhenAsked() throws Exception {
        caller.post(RequestBodies.bodyOfTokens(1));
        assertThat(api.recorded()).isEmpty();

        api.record();
        String body = RequestBodies.body(RequestBodies.token("7"), RequestBodies.token("007"));
        caller.post(body);

        assertThat(api.recorded()).singleElement().satisfies(request -> {
            assertThat(request.request().body()).isEqualTo(body);
            assertThat(request.request().bytes()).isEqualTo(RequestBodies.size(body));
            assertThat(request.request().tokenIds()).containsExactly("7", "007");
            assertThat(request.request().chainName()).isEqualTo("imtbl-zkevm-testnet");
            assertThat(request.request().contractAddress()).isEqualTo(StandInCaller.ADDRESS);
            assertThat(request.request().apiKey()).isEqualTo("sk_imapik-test");
            assertThat(request.request().at()).isEqualTo(clock.instant());
            assertThat(request.status()).isEqualTo(202);
            assertThat(request.applied()).isTrue();
        });
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
