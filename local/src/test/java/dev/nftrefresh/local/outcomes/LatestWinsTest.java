package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.local.api.FaultInjector;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever goes wrong at random, at the API, at SQS or with the function itself: in the end the API has the newest
 * update of every token, and nothing is lost.
 */
@Timeout(120)
final class LatestWinsTest extends SandboxTest {
    private static final int TOKENS = 300;
    private static final int VERSIONS = 5;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 4"})
    void theNewestUpdateOfEveryTokenIsTheLastThatTheApiAccepted(long seed, int copies) throws IOException {
        var random = new Random(seed);
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT
                .withCopies(copies)
                .withBatchSize(15)
                .withAround(function -> crashing(function, new Random(seed + 100))));
        disturb(sandbox.api().faults(), random);
        disturbQueue(sandbox, random);

        List<String> messages = messages(random);
        int half = messages.size() / 2;
        messages.subList(0, half).forEach(sandbox::send);
        sandbox.start();
        messages.subList(half, messages.size()).forEach(sandbox::send);
        sandbox.drainSkippingWaits(Duration.ofSeconds(5));

        String which = "seed " + seed;
        assertThat(sandbox.deadLetters()).as(which).isEmpty();
        Map<String, Integer> newest = new HashMap<>();
        for (RecordedRequest recorded : sandbox.requests()) {
            if (recorded.applied()) {
                for (JsonNode token : JSON.readTree(recorded.request().body()).get("nft_metadata")) {
                    String id = token.get("token_id").asText();
                    int version = Integer.parseInt(token.get("name").asText());
                    boolean answered = recorded.status() == 202;
                    Integer known = newest.get(id);
                    assertThat(known == null || known <= version || !answered)
                            .as("%s: token %s was taken in version %s and then in %s", which, id, known, version)
                            .isTrue();
                    if (answered) {
                        newest.put(id, version);
                    }
                }
            }
        }
        assertThat(newest).as(which).hasSize(TOKENS);
        assertThat(Set.copyOf(newest.values())).as(which).containsExactly(VERSIONS);
        assertThat(lastApplied(sandbox)).as(which).isEqualTo(newest);
    }

    /** What the API has in the end, whether it said so or not. */
    private static Map<String, Integer> lastApplied(LocalSandbox sandbox) throws IOException {
        Map<String, Integer> last = new HashMap<>();
        for (RecordedRequest recorded : sandbox.requests()) {
            if (recorded.applied()) {
                for (JsonNode token : JSON.readTree(recorded.request().body()).get("nft_metadata")) {
                    last.put(
                            token.get("token_id").asText(),
                            Integer.parseInt(token.get("name").asText()));
                }
            }
        }
        return last;
    }

    /** Every version of every token, in messages of all sizes, shuffled, some of them twice. */
    private static List<String> messages(Random random) {
        List<String> updates = new ArrayList<>();
        for (int version = 1; version <= VERSIONS; version++) {
            for (int id = 0; id < TOKENS; id++) {
                Instant madeAt = NOON.plusSeconds(version);
                updates.add(ProducerMessages.token(id, String.valueOf(version))
                        .replace("}", ",\"updated_at\":\"" + madeAt + "\"}"));
            }
        }
        Collections.shuffle(updates, random);
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < updates.size(); ) {
            int to = Math.min(updates.size(), from + 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 8));
            String message = ProducerMessages.message(ProducerMessages.SWORDS, updates.subList(from, to));
            messages.add(message);
            if (random.nextInt(10) == 0) {
                messages.add(message);
            }
            from = to;
        }
        return messages;
    }

    private static void disturb(FaultInjector faults, Random random) {
        faults.whenever(_ -> random.nextInt(12) == 0, InjectedFault.serverError());
        faults.whenever(_ -> random.nextInt(12) == 0, InjectedFault.unavailable());
        faults.whenever(_ -> random.nextInt(20) == 0, InjectedFault.throttledWithoutQuota());
        faults.whenever(
                _ -> random.nextInt(20) == 0,
                new InjectedFault.ErrorResponse(429, Map.of("retry-after", "7.5-seconds"), ""));
        faults.whenever(_ -> random.nextInt(12) == 0, new InjectedFault.ConnectionClosed(false));
        faults.whenever(_ -> random.nextInt(12) == 0, new InjectedFault.ConnectionClosed(true));
        faults.whenever(_ -> random.nextInt(12) == 0, new InjectedFault.TruncatedResponse(true));
    }

    private static void disturbQueue(LocalSandbox sandbox, Random random) {
        for (String action : List.of("DeleteMessageBatch", "ChangeMessageVisibilityBatch", "SendMessageBatch")) {
            var ofAction = new Random(random.nextLong());
            sandbox.queues().faults().failEntries(action, Integer.MAX_VALUE, false, _ -> ofAction.nextInt(4) == 0);
            sandbox.queues().faults().failEntries(action, Integer.MAX_VALUE, true, _ -> ofAction.nextInt(20) == 0);
        }
    }

    private static RequestStreamHandler crashing(RequestStreamHandler function, Random random) {
        return (event, answer, context) -> {
            function.handleRequest(event, answer, context);
            if (random.nextInt(10) == 0) {
                throw new IOException("The copy dies before it has answered.");
            }
        };
    }
}
