package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function with everything around it, in real time: what becomes of messages when something goes wrong. */
@SuppressWarnings("NullAway.Init")
class EndToEndTest {
    @TempDir
    private Path folder;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private LocalFlow flow;

    private StandInRefreshApi start(StandInSettings standIn) throws IOException {
        return start(standIn, 2, 10_000, Duration.ofMillis(50));
    }

    private StandInRefreshApi start(StandInSettings standIn, int concurrency, int batchSize, Duration window)
            throws IOException {
        var settings = new LocalFlowSettings(null, "sk_imapik-1", standIn, concurrency, batchSize, window, 1_000);
        var log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var copies = new FunctionCopies(log, Clock.systemUTC(), new Random(1));
        flow = LocalFlow.start(settings, copies, complaints::add, Clock.systemUTC());
        StandInRefreshApi api = Objects.requireNonNull(flow.standIn());
        api.record();
        return api;
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    private RunSummary run(List<String> messages) throws IOException, InterruptedException {
        flow.send(Files.write(folder.resolve("messages.ndjson"), messages));
        assertThat(flow.isAllQueued()).isTrue();
        flow.process();
        RunSummary counts = flow.figures();
        assertThat(complaints).isEmpty();
        assertThat(counts.requestsNonconforming()).isZero();
        assertThat(counts.tokensAccepted() + counts.tokensSuperseded() + counts.tokensRejected())
                .isEqualTo(counts.tokensSent());
        assertThat(flow.depth().total()).isZero();
        return counts;
    }

    private List<JsonNode> deadLetters() throws IOException {
        var letters = new StringWriter();
        flow.drainDeadLetters(letters);
        List<JsonNode> read = new ArrayList<>();
        for (String line : letters.toString().lines().toList()) {
            read.add(new ObjectMapper().readTree(line));
        }
        return read;
    }

    private static List<String> acceptedIds(StandInRefreshApi api) {
        return api.recorded().stream()
                .filter(RecordedRequest::applied)
                .flatMap(request -> request.request().tokenIds().stream())
                .toList();
    }

    @Test
    void acceptsEachTokenOnceInFullRequests() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED, 1, 1_000, Duration.ofHours(1));

        RunSummary counts = run(FlowMessages.messages(1_000));

        assertThat(counts.messagesSent()).isEqualTo(1_000);
        assertThat(counts.tokensAccepted()).isEqualTo(1_000);
        assertThat(counts.requests()).isEqualTo(4);
        assertThat(counts.largestRequestTokens()).isEqualTo(250);
        assertThat(counts.receives()).isEqualTo(1_000);
        assertThat(acceptedIds(api)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(api.counts().largestRequestBytes()).isEqualTo(counts.largestRequestBytes());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void sendsAMessageOfMoreTokensThanARequestHoldsToTheLastOne() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        List<String> tokens = new ArrayList<>();
        for (int id = 1; id <= 600; id++) {
            tokens.add(FlowMessages.token(String.valueOf(id), "Sword"));
        }

        RunSummary counts = run(List.of(FlowMessages.message(FlowMessages.OTHER_COLLECTION, tokens)));

        assertThat(counts.tokensAccepted()).isEqualTo(600);
        assertThat(acceptedIds(api)).doesNotHaveDuplicates();
        assertThat(api.recorded())
                .allSatisfy(request ->
                        assertThat(request.request().contractAddress()).isEqualTo(FlowMessages.OTHER_COLLECTION));
    }

    @Test
    void sendsTokensToTheLetter() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        String token = FlowMessages.token("1", "\\u00e9 é \\/ \uD83D\uDDE1")
                .replace(
                        "\"attributes\":[]",
                        "\"attributes\":[{\"trait_type\":\"Power\",\"value\":12345678901234567890.10},"
                                + "{\"trait_type\":\"Huge\",\"value\":1e400},{\"trait_type\":\"Zero\",\"value\":-0.0}]");

        run(List.of(FlowMessages.message(token)));

        assertThat(api.recorded())
                .singleElement()
                .satisfies(request -> assertThat(request.request().body()).contains(token));
    }

    @Test
    void returnsAfterATemporaryFault() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(InjectedFault.serverError(), InjectedFault.unavailable(), InjectedFault.notJson(418));

        RunSummary counts = run(FlowMessages.messages(3));

        assertThat(counts.tokensAccepted()).isEqualTo(3);
        assertThat(counts.requestsFailed()).isEqualTo(3);
        assertThat(counts.receives()).isGreaterThan(3);
    }

    @Test
    void returnsWhenAThrottleReportsNoQuota() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(InjectedFault.throttledWithoutQuota());

        RunSummary counts = run(FlowMessages.messages(2));

        assertThat(counts.tokensAccepted()).isEqualTo(2);
        assertThat(counts.requestsThrottled()).isEqualTo(1);
    }

    @Test
    void sendsAgainWhenAConnectionWasCutAfterTheRequestMayHaveArrived() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(new InjectedFault.ConnectionClosed(true));

        RunSummary counts = run(FlowMessages.messages(1));

        assertThat(counts.tokensAccepted()).isEqualTo(1);
        assertThat(acceptedIds(api)).containsExactly("1", "1");
    }

    @Test
    void usesTheNewKeyAfterARotation() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        api.acceptOnly("sk_imapik-2");
        flow.secrets().rotateTo("{\"api_key\":\"sk_imapik-2\"}");

        RunSummary counts = run(FlowMessages.messages(2));

        assertThat(counts.tokensAccepted()).isEqualTo(2);
    }

    @Test
    void removesThePoisonedTokenAndSaysWhichOneItWas() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        api.faults().refuseTokens(Set.of("7"));

        RunSummary counts = run(FlowMessages.messages(20));

        assertThat(counts.tokensAccepted()).isEqualTo(19);
        assertThat(counts.tokensRejected()).isEqualTo(1);
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("attributes").get("RejectReason").asText()).isEqualTo("REFUSED_BY_API");
            assertThat(letter.get("attributes").get("HttpStatus").asText()).isEqualTo("400");
            assertThat(letter.get("attributes").get("TraceId").asText()).hasSize(32);
            assertThat(letter.get("body").asText()).contains("\"token_id\":\"7\"");
        });
    }

    @Test
    void staysWithinALimitAndStillSendsEverything() throws Exception {
        StandInRefreshApi api = start(StandInSettings.perWindow(2, Duration.ofSeconds(2)));

        RunSummary counts = run(FlowMessages.messages(1_500));

        assertThat(counts.tokensAccepted()).isEqualTo(1_500);
        assertThat(api.counts().accepted()).isGreaterThanOrEqualTo(6);
        assertThat(acceptedIds(api)).doesNotHaveDuplicates();
    }

    @Test
    void losesNothingWhenTheQueueFailsInPart() throws Exception {
        StandInRefreshApi api = start(StandInSettings.UNLIMITED);
        flow.queues().faults().failEntries("DeleteMessageBatch", 3, false);
        flow.queues().faults().failEntries("SendMessageBatch", 2, false, entry -> entry.contains("RejectReason"));

        RunSummary counts = run(List.of(FlowMessages.message(FlowMessages.token("1", "a")), "not JSON", "neither"));

        assertThat(counts.messagesDeadLettered()).isEqualTo(2);
        assertThat(acceptedIds(api)).containsExactly("1");
        assertThat(deadLetters()).hasSize(2);
    }
}
