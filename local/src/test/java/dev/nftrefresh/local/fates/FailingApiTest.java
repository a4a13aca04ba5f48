package dev.nftrefresh.local.fates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.Fault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.telemetry.RefreshMetrics.Fate;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that say nothing of the tokens, and none at all: everything goes back and is accepted once the API is well. */
final class FailingApiTest extends FateTest {
    static Stream<Named<Fault>> faults() {
        return Stream.of(
                Named.of("500", Fault.serverError()),
                Named.of("503 from a proxy", Fault.unavailable()),
                Named.of("502", new Fault.Answer(502, Map.of(), "")),
                Named.of("504 with a code", Fault.error(504, "VALIDATION_ERROR")),
                Named.of("302", Fault.redirect("http://127.0.0.1:9/login")),
                Named.of("418", Fault.error(418, "TEAPOT")),
                Named.of("409", Fault.error(409, "CONFLICT_ERROR")),
                Named.of("400 without VALIDATION_ERROR", Fault.error(400, "BAD_REQUEST")),
                Named.of("400 that is not JSON", Fault.notJson(400)),
                Named.of("404 that is not JSON", Fault.notJson(404)),
                Named.of("413", Fault.notJson(413)),
                Named.of("200, which the API does not name", Fault.notJson(200)),
                Named.of("204", new Fault.Answer(204, Map.of(), "")),
                Named.of("cut connections", Fault.cut()),
                Named.of("cut connections after it was applied", new Fault.Cut(true)),
                Named.of("an answer that breaks off", new Fault.BrokenOff(false)),
                Named.of("an answer that breaks off after it was applied", new Fault.BrokenOff(true)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everythingGoesBackAndIsAcceptedOnceTheApiIsWell(Fault fault) {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, fault);
        sandbox.send(
                Messages.message(Messages.SWORDS, Messages.tokens(0, 600)),
                Messages.message(Messages.SHIELDS, Messages.tokens(600, 700)));
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().total()).isEqualTo(2);
        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(2);

        sandbox.api().faults().clear();
        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(700).doesNotHaveDuplicates();
        assertThat(sandbox.tally().tokens(Fate.ACCEPTED)).isEqualTo(700);
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void a202IsAcceptedWhateverItsBodySays() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api()
                .faults()
                .next(Fault.notJson(202), new Fault.Answer(202, Map.of("imx-remaining-refreshes", "many"), ""));
        sandbox.send(Messages.message(Messages.SWORDS, Messages.tokens(0, 500)));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).hasSize(500).doesNotHaveDuplicates();
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void aConnectionCutBeforeAnyByteIsReplacedOnce() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(Fault.cut());
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(0, 202);
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void aShortWaitAfterAFailureIsWaitedInTheInvocation() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(Fault.serverError());
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(500, 202);
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void anAnswerThatBreaksOffIsNotAskedForAgainAtOnce() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(new Fault.BrokenOff(true));
        sandbox.send(Messages.message(Messages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.depth().total()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(0, 202);
    }

    @Test
    void anApiThatHangsIsGivenUpInTimeForTheInvocationToEnd() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withFunctionTimeout(Duration.ofMillis(5_200)));
        sandbox.api().faults().next(Fault.hang());
        sandbox.send(Messages.message(Messages.SWORDS, Messages.tokens(0, 300)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.tally().complaints()).isEmpty();
        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aRedirectIsNotFollowedAndTheKeyGoesNowhereElse() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        Sandbox other = sandbox();
        String path = "/v1/chains/" + Messages.CHAIN + "/collections/" + Messages.SWORDS + "/nfts/refresh-metadata";
        sandbox.api().faults().next(Fault.redirect(other.api().baseUrl() + path));
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(other.api().counts().requests()).isZero();
        assertThat(acceptedIds(sandbox)).containsExactly("1");
    }

    @Test
    void anApiThatIsDownIsNotFoundOutByEveryRequest() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, Fault.serverError());
        sandbox.send(Messages.message(Messages.SWORDS, Messages.tokens(0, 3_000)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theWaitGrowsWithTheAttempts() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(8, Fault.serverError());
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        var first = sandbox.requests().getFirst().request().at();
        var last = sandbox.requests().getLast().request().at();
        assertThat(Duration.between(first, last)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(30));
    }

    @Test
    void everyFailureIsLoggedWithItsTraceId() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api()
                .faults()
                .next(new Fault.Answer(
                        500, Map.of(), "{\"code\":\"INTERNAL_SERVER_ERROR\",\"trace_id\":\"e47634b79a5cd6894\"}"));
        sandbox.send(Messages.message(Messages.token(123_456)));

        sandbox.drainSkippingWaits();

        assertThat(sandbox.log().lines().filter(line -> line.contains("e47634b79a5cd6894")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains(Messages.SWORDS)
                        .contains("123456")
                        .contains("request_id")
                        .contains("500"));
    }
}
