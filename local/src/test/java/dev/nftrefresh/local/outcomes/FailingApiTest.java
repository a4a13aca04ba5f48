package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that say nothing of the tokens, and none at all: everything goes back and is accepted once the API is well. */
final class FailingApiTest extends SandboxTest {
    static Stream<Named<InjectedFault>> faults() {
        return Stream.of(
                Named.of("500", InjectedFault.serverError()),
                Named.of("503 from a proxy", InjectedFault.unavailable()),
                Named.of("502", new InjectedFault.ErrorResponse(502, Map.of(), "")),
                Named.of("504 with a code", InjectedFault.error(504, "VALIDATION_ERROR")),
                Named.of("302", InjectedFault.redirect("http://127.0.0.1:9/login")),
                Named.of("418", InjectedFault.error(418, "TEAPOT")),
                Named.of("409", InjectedFault.error(409, "CONFLICT_ERROR")),
                Named.of("400 without VALIDATION_ERROR", InjectedFault.error(400, "BAD_REQUEST")),
                Named.of("400 that is not JSON", InjectedFault.notJson(400)),
                Named.of("404 that is not JSON", InjectedFault.notJson(404)),
                Named.of("413", InjectedFault.notJson(413)),
                Named.of("200, which the API does not name", InjectedFault.notJson(200)),
                Named.of("204", new InjectedFault.ErrorResponse(204, Map.of(), "")),
                Named.of("cut connections", InjectedFault.cut()),
                Named.of("cut connections after it was applied", new InjectedFault.ConnectionClosed(true)),
                Named.of("an answer that breaks off", new InjectedFault.TruncatedResponse(false)),
                Named.of("an answer that breaks off after it was applied", new InjectedFault.TruncatedResponse(true)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everythingReturnsAndIsAcceptedOnceTheApiWorks(InjectedFault fault) {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, fault);
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(600, 700)));
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().total()).isEqualTo(2);
        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(2);

        sandbox.api().faults().clear();
        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(700).doesNotHaveDuplicates();
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(700);
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void a202IsAcceptedWhateverItsBodySays() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api()
                .faults()
                .next(
                        InjectedFault.notJson(202),
                        new InjectedFault.ErrorResponse(202, Map.of("imx-remaining-refreshes", "many"), ""));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 500)));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).hasSize(500).doesNotHaveDuplicates();
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void aConnectionCutBeforeAnyByteIsReplacedOnce() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(InjectedFault.cut());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(0, 202);
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void aShortWaitAfterAFailureIsSpentInTheInvocation() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(500, 202);
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void aTruncatedAnswerIsNotRequestedAgainAtOnce() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(new InjectedFault.TruncatedResponse(true));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.depth().total()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(0, 202);
    }

    @Test
    void aHangingApiIsAbandonedInTimeForTheInvocationToEnd() {
        LocalSandbox sandbox =
                sandbox(SandboxSettings.USUAL.withCopies(1).withFunctionTimeout(Duration.ofMillis(5_200)));
        sandbox.api().faults().next(InjectedFault.hang());
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 300)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.tally().complaints()).isEmpty();
        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aRedirectIsNotFollowedAndTheKeyGoesNowhereElse() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        LocalSandbox other = sandbox();
        String path = "/v1/chains/" + ProducerMessages.CHAIN + "/collections/" + ProducerMessages.SWORDS
                + "/nfts/refresh-metadata";
        sandbox.api().faults().next(InjectedFault.redirect(other.api().baseUrl() + path));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(other.api().counts().requests()).isZero();
        assertThat(acceptedIds(sandbox)).containsExactly("1");
    }

    @Test
    void notEveryRequestProbesAnApiThatIsDown() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 3_000)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theWaitGrowsWithTheAttempts() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(8, InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        var first = sandbox.requests().getFirst().request().at();
        var last = sandbox.requests().getLast().request().at();
        assertThat(Duration.between(first, last)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(30));
    }

    @Test
    void everyFailureIsLoggedWithItsTraceId() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api()
                .faults()
                .next(new InjectedFault.ErrorResponse(
                        500, Map.of(), "{\"code\":\"INTERNAL_SERVER_ERROR\",\"trace_id\":\"e47634b79a5cd6894\"}"));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(123_456)));

        sandbox.drainSkippingWaits();

        assertThat(sandbox.log().lines().filter(line -> line.contains("e47634b79a5cd6894")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains(ProducerMessages.SWORDS)
                        .contains("123456")
                        .contains("request_id")
                        .contains("500"));
    }
}
