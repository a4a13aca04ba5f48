package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The samples that a newcomer learns from do what {@code events/README.md} says, line by line. */
final class SampleEventsTest extends SandboxTest {
    private static final Path EVENTS = Path.of("..", "events");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIRST_REJECTED = 14;
    /** What a schema cannot say, as the README lists: a duplicate key, the other environment's chain, bytes. */
    private static final List<Integer> BEYOND_THE_SCHEMA = List.of(15, 19, 21);

    private static final String LAST_TOKEN =
            "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    private static List<String> lines() throws IOException {
        return Files.readAllLines(EVENTS.resolve("token-updates.ndjson"));
    }

    private static String line(int number) throws IOException {
        return lines().get(number - 1);
    }

    @Test
    void eachLineHasTheOutcomeThatTheReadmeSays() throws IOException {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        lines().forEach(sandbox::send);

        sandbox.drain();

        assertThat(acceptedIds(sandbox))
                .containsExactlyInAnyOrder(
                        "1", "2", "3", "4", "5", "6", "10", "11", "12", "13", "14", "15", LAST_TOKEN, "7", "8", "22");
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(2);
        String sent = String.join("\n", acceptedBodies(sandbox));
        assertThat(sent)
                .contains("Dagger, sharpened")
                .doesNotContain("Dagger, blunt")
                .contains("Potion, half empty")
                .doesNotContain("Potion, full")
                .doesNotContain("updated_at");
        for (int number : List.of(1, 2, 4, 5, 6, 7, 8, 9, 10)) {
            String line = line(number);
            String tokens = line.substring(line.indexOf("\"nft_metadata\":[") + 16, line.lastIndexOf("]}"));
            assertThat(sent).contains(tokens);
        }

        Map<Integer, String> reasons = new TreeMap<>();
        List<DeadLetter> letters = new ArrayList<>(sandbox.deadLetters());
        for (DeadLetter letter : letters) {
            reasons.put(lineOf(letter), letter.reason());
        }
        assertThat(letters).hasSize(8);
        assertThat(reasons)
                .isEqualTo(Map.of(
                        14, "MALFORMED_JSON",
                        15, "MALFORMED_JSON",
                        16, "INVALID_MESSAGE",
                        17, "INVALID_MESSAGE",
                        18, "INVALID_MESSAGE",
                        19, "WRONG_CHAIN",
                        20, "INVALID_TOKEN",
                        21, "TOKEN_TOO_LARGE"));
    }

    /** The line from which a dead letter was made. */
    private static int lineOf(DeadLetter letter) throws IOException {
        for (int number = FIRST_REJECTED; number <= lines().size(); number++) {
            String line = line(number);
            int from = letter.body().indexOf("\"nft_metadata\":[");
            String firstToken = from < 0
                    ? ""
                    : letter.body().substring(from + 16, letter.body().indexOf(',', from + 16));
            if (line.equals(letter.body()) || (!firstToken.isEmpty() && line.contains(firstToken + ","))) {
                return number;
            }
        }
        throw new AssertionError("A dead letter of no line: " + letter);
    }

    @Test
    void theSchemaAcceptsWhatTheReadmeSaysThatItAccepts() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(EVENTS.resolve("token-update.schema.json")));
        for (int number = 1; number <= lines().size(); number++) {
            String line = line(number);
            if (number == FIRST_REJECTED) {
                continue; // is no JSON, which no schema judges
            }
            JsonNode message = JSON.readTree(line);
            boolean good = number < FIRST_REJECTED || BEYOND_THE_SCHEMA.contains(number);
            assertThat(schema.validate(message).isEmpty())
                    .as("line %s is accepted by the schema: %s", number, schema.validate(message))
                    .isEqualTo(good);
        }
    }

    @Test
    void liveUpdatesAreValidMessagesThatAreAccepted() throws IOException {
        List<String> live = Files.readAllLines(EVENTS.resolve("live-updates.ndjson"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(EVENTS.resolve("token-update.schema.json")));
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));

        live.forEach(sandbox::send);
        sandbox.drain();

        assertThat(live)
                .allSatisfy(
                        line -> assertThat(schema.validate(JSON.readTree(line))).isEmpty());
        assertThat(acceptedIds(sandbox))
                .containsExactlyInAnyOrder("101", "102", "103", "104", "105", "106", "107", "108", "109", "110");
    }

    @Test
    void theSampleEventHoldsLines1And4() throws IOException {
        JsonNode event = JSON.readTree(Files.readString(EVENTS.resolve("sqs-event.json")));

        assertThat(event.get("Records"))
                .extracting(message -> message.get("body").asText())
                .containsExactly(line(1), line(4));
    }
}
