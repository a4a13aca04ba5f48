package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.api.Fault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInApi;
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

    private StandInApi start(StandInSettings standIn) throws IOException {
        return start(standIn, 2, 10_000, Duration.ofMillis(50));
    }

    private StandInApi start(StandInSettings standIn, int concurrency, int batchSize, Duration window)
            throws IOException {
        var settings = new FlowSettings(null, "sk_imapik-1", standIn, concurrency, batchSize, window, 1_000);
        var log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var copies = new FunctionCopies(log, Clock.systemUTC(), new Random(1));
        flow = LocalFlow.start(settings, copies, complaints::add, Clock.systemUTC());
        StandInApi api = Objects.requireNonNull(flow.standIn());
        api.record();
        return api;
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    private Figures run(List<String> messages) throws IOException, InterruptedException {
        flow.send(Files.write(folder.resolve("messages.ndjson"), messages));
        assertThat(flow.isAllQueued()).isTrue();
        flow.process();
        Figures figures = flow.figures();
        assertThat(complaints).isEmpty();
        assertThat(figures.requestsNonconforming()).isZero();
        assertThat(figures.tokensAccepted() + figures.tokensSuperseded() + figures.tokensRejected())
                .isEqualTo(figures.tokensSent());
        assertThat(flow.depth().total()).isZero();
        return figures;
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

    private static List<String> acceptedIds(StandInApi api) {
        return api.recorded().stream()
                .filter(RecordedRequest::applied)
                .flatMap(request -> request.request().tokenIds().stream())
                .toList();
    }

    @Test
    void acceptsEachTokenOnceInFullRequests() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED, 1, 1_000, Duration.ofHours(1));

        Figures figures = run(Messages.messages(1_000));

        assertThat(figures.messagesSent()).isEqualTo(1_000);
        assertThat(figures.tokensAccepted()).isEqualTo(1_000);
        assertThat(figures.requests()).isEqualTo(4);
        assertThat(figures.largestRequestTokens()).isEqualTo(250);
        assertThat(figures.receives()).isEqualTo(1_000);
        assertThat(acceptedIds(api)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(api.counts().largestRequestBytes()).isEqualTo(figures.largestRequestBytes());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void sendsAMessageOfMoreTokensThanARequestHoldsToTheLastOne() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        List<String> tokens = new ArrayList<>();
        for (int id = 1; id <= 600; id++) {
            tokens.add(Messages.token(String.valueOf(id), "Sword"));
        }

        Figures figures = run(List.of(Messages.message(Messages.OTHER_COLLECTION, tokens)));

        assertThat(figures.tokensAccepted()).isEqualTo(600);
        assertThat(acceptedIds(api)).doesNotHaveDuplicates();
        assertThat(api.recorded())
                .allSatisfy(request ->
                        assertThat(request.request().contractAddress()).isEqualTo(Messages.OTHER_COLLECTION));
    }

    @Test
    void sendsTokensToTheLetter() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        String token = Messages.token("1", "\\u00e9 é \\/ \uD83D\uDDE1")
                .replace(
                        "\"attributes\":[]",
                        "\"attributes\":[{\"trait_type\":\"Power\",\"value\":12345678901234567890.10},"
                                + "{\"trait_type\":\"Huge\",\"value\":1e400},{\"trait_type\":\"Zero\",\"value\":-0.0}]");

        run(List.of(Messages.message(token)));

        assertThat(api.recorded())
                .singleElement()
                .satisfies(request -> assertThat(request.request().body()).contains(token));
    }

    @Test
    void comesBackAfterWhatGoesWrongOnce() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(Fault.serverError(), Fault.unavailable(), Fault.notJson(418));

        Figures figures = run(Messages.messages(3));

        assertThat(figures.tokensAccepted()).isEqualTo(3);
        assertThat(figures.requestsFailed()).isEqualTo(3);
        assertThat(figures.receives()).isGreaterThan(3);
    }

    @Test
    void comesBackWhenAThrottleNamesNoQuota() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(Fault.throttledWithoutQuota());

        Figures figures = run(Messages.messages(2));

        assertThat(figures.tokensAccepted()).isEqualTo(2);
        assertThat(figures.requestsThrottled()).isEqualTo(1);
    }

    @Test
    void sendsAgainWhenAConnectionWasCutThatWasPerhapsHeard() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        api.faults().next(new Fault.Cut(true));

        Figures figures = run(Messages.messages(1));

        assertThat(figures.tokensAccepted()).isEqualTo(1);
        assertThat(acceptedIds(api)).containsExactly("1", "1");
    }

    @Test
    void takesTheNewKeyAfterARotation() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        api.acceptOnly("sk_imapik-2");
        flow.secrets().rotateTo("{\"api_key\":\"sk_imapik-2\"}");

        Figures figures = run(Messages.messages(2));

        assertThat(figures.tokensAccepted()).isEqualTo(2);
    }

    @Test
    void cutsThePoisonedTokenOutAndSaysWhichOneItWas() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        api.faults().refuseTokens(Set.of("7"));

        Figures figures = run(Messages.messages(20));

        assertThat(figures.tokensAccepted()).isEqualTo(19);
        assertThat(figures.tokensRejected()).isEqualTo(1);
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("attributes").get("RejectReason").asText()).isEqualTo("REFUSED_BY_API");
            assertThat(letter.get("attributes").get("HttpStatus").asText()).isEqualTo("400");
            assertThat(letter.get("attributes").get("TraceId").asText()).hasSize(32);
            assertThat(letter.get("body").asText()).contains("\"token_id\":\"7\"");
        });
    }

    @Test
    void staysWithinALimitAndStillSendsEverything() throws Exception {
        StandInApi api = start(StandInSettings.perWindow(2, Duration.ofSeconds(2)));

        Figures figures = run(Messages.messages(1_500));

        assertThat(figures.tokensAccepted()).isEqualTo(1_500);
        assertThat(api.counts().accepted()).isGreaterThanOrEqualTo(6);
        assertThat(acceptedIds(api)).doesNotHaveDuplicates();
    }

    @Test
    void losesNothingWhenTheQueueFailsInPart() throws Exception {
        StandInApi api = start(StandInSettings.UNLIMITED);
        flow.queues().faults().failEntries("DeleteMessageBatch", 3, false);
        flow.queues().faults().failEntries("SendMessageBatch", 2, false, entry -> entry.contains("RejectReason"));

        Figures figures = run(List.of(Messages.message(Messages.token("1", "a")), "not JSON", "neither"));

        assertThat(figures.messagesDeadLettered()).isEqualTo(2);
        assertThat(acceptedIds(api)).containsExactly("1");
        assertThat(deadLetters()).hasSize(2);
    }
}
