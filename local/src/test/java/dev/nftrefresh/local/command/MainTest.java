package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private static final String FAST = "--batching-window=0.05";
    private static final String CONTRACT = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    private static final Path SEASON = Path.of("..", "events", "bulk", "season.ndjson");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("messages.ndjson"), List.of(lines)).toString();
    }

    private static String message(String tokenId) {
        return """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e",\
                "nft_metadata":[{"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}]}""".formatted(tokenId);
    }

    @Test
    void runsAFileAndWritesItsSummaryAndItsDeadLetters() throws IOException {
        Path summary = folder.resolve("summary.json");
        Path letters = folder.resolve("dead-letters.ndjson");

        int status = terminal.execute(
                "run",
                file(message("1"), "", "no JSON at all: é", message("2")),
                "--summary",
                summary.toString(),
                "--dead-letters",
                letters.toString(),
                FAST);

        assertThat(terminal.err()).isEmpty();
        assertThat(status).isZero();
        JsonNode counts = new ObjectMapper().readTree(summary.toFile());
        assertThat(counts.get("messages_sent").asInt()).isEqualTo(3);
        assertThat(counts.get("tokens_sent").asInt()).isEqualTo(2);
        assertThat(counts.get("tokens_accepted").asInt()).isEqualTo(2);
        assertThat(counts.get("tokens_superseded").asInt()).isZero();
        assertThat(counts.get("tokens_rejected").asInt()).isZero();
        assertThat(counts.get("messages_dead_lettered").asInt()).isEqualTo(1);
        assertThat(counts.get("receives").asInt()).isEqualTo(3);
        assertThat(counts.get("requests").asInt()).isBetween(1, 2);
        assertThat(counts.get("requests_throttled").asInt()).isZero();
        assertThat(counts.get("requests_failed").asInt()).isZero();
        assertThat(counts.get("largest_request_tokens").asInt()).isBetween(1, 2);
        assertThat(counts.get("largest_request_bytes").asInt()).isGreaterThan(100);
        assertThat(counts.get("largest_token_bytes").asInt()).isGreaterThan(100);
        assertThat(counts.get("stale_overwrites").asInt()).isZero();
        assertThat(counts.get("tokens_per_request").asDouble()).isBetween(1.0, 2.0);
        assertThat(counts.get("receives_per_message").asDouble()).isEqualTo(1);
        assertThat(counts.get("seconds").asDouble()).isPositive();
        assertThat(Files.readAllLines(letters)).singleElement().satisfies(line -> {
            JsonNode letter = new ObjectMapper().readTree(line);
            assertThat(letter.get("body").asText()).isEqualTo("no JSON at all: é");
            assertThat(letter.get("attributes").get("RejectReason").asText()).isEqualTo("MALFORMED_JSON");
        });
        assertThat(terminal.out()).contains("tokens accepted").doesNotContain("\r");
    }

    @Test
    void printsTheFiguresAsJsonAndNothingElse() throws IOException {
        Path summary = folder.resolve("summary.json");

        assertThat(terminal.execute("run", file(message("1")), "--json", "--summary", summary.toString(), FAST))
                .isZero();

        assertThat(terminal.out())
                .isEqualTo(Files.readString(summary))
                .startsWith("{")
                .endsWith("}\n");
    }

    @Test
    void writesAnEmptyFileWhenThereAreNoDeadLetters() throws IOException {
        Path letters = folder.resolve("dead-letters.ndjson");

        assertThat(terminal.execute("run", file(message("1")), "--dead-letters", letters.toString(), FAST))
                .isZero();

        assertThat(letters).isEmptyFile();
    }

    @Test
    void continuesAndEndsWithStatus1WhenALineCannotBeQueued() throws IOException {
        int status = terminal.execute("run", file(message("1"), "\uFFFE", message("2")), FAST);

        assertThat(status).isEqualTo(1);
        assertThat(terminal.err()).contains(":2: The line was not queued: ");
        assertThat(terminal.out()).containsPattern("tokens accepted +2");
    }

    @Test
    void writesTheFunctionsLogToTheRequestedFile() throws IOException {
        Path log = folder.resolve("function.log");

        assertThat(terminal.execute("run", file(message("1"), "not JSON"), "--log", log.toString(), FAST))
                .isZero();

        assertThat(Files.readAllLines(log, StandardCharsets.UTF_8))
                .isNotEmpty()
                .allSatisfy(line -> new ObjectMapper().readTree(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run no-such-file            | There is no file no-such-file to read",
                "run --api ftp://host        | --api must be an address",
                "run --api http://host/path  | --api must be an address",
                "run --api http://192.0.2.1  | --api http://192.0.2.1 would send the key unencrypted",
                "run --listen 65536          | --listen must be 0 to 65535",
                "run --limit 0               | --limit must be 1 or more",
                "run --window 0              | --window must be above 0 seconds",
                "run --latency -1            | --latency must be 0 or more",
                "run --refill sometimes      | --refill must be window or steady, not sometimes.",
                "run --concurrency 0         | --concurrency must be 1 to 1000",
                "run --batch-size 10001      | --batch-size must be 1 to 10000",
                "run --max-requests-per-second 0 | --max-requests-per-second must be above 0",
                "run --summary no/such/folder    | --summary must be a file in a folder that exists",
                "run --dead-letters .            | --dead-letters must be a file in a folder that exists",
                "run --batching-window 301       | --batching-window must be 0 to 300 seconds",
                "run --unknown               | There is no option --unknown.",
                "run --limt 3                | There is no option --limt; did you mean --limit?",
                "run --limit ten             | --limit must be a whole number, not ten.",
                "run --window ten            | --window must be a number, not ten.",
                "run --limit                 | A value is missing: --limit N.",
                "run --log --json            | A value is missing: --log FILE.",
                "run a b                     | b is one argument too many for run.",
                "runn                        | There is no command runn; did you mean run?",
                "deploy                      | There is no command deploy.",
                "api                         | api needs --port N.",
                "api --port 0 --fail 402     | --fail must be 401, 403, 404, 429, 500, 503, hang or cut, not 402.",
                "api --port 0 --fail-rate 0.1 | --fail-rate 0.1 is the share of --fail, which is not given",
                "api --port 0 --fail 401 --fail-rate 2 | --fail-rate must be above 0 and at most 1, not 2.0.",
                "api --port 65536            | --port must be 0 to 65535",
                "token 0x12 1                | CONTRACT must be 0x and 40 hexadecimal digits, not 0x12.",
                "token 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e x | TOKEN_ID must be a decimal number of up to 256 bits, not x.",
                "dead-letters                | dead-letters needs a command: list or redrive.",
                "dead-letters --limit        | There is no option --limit.",
                "dead-letters list --contract 0x1 | --contract must be 0x and 40 hexadecimal digits, not 0x1.",
                "check                       | check needs FILE, --chain NAME and --contract ADDRESS.",
                "check f.csv --chain imtbl-zkevm-testnet | --contract",
                "load file                   | load",
                "@ --live no-such-file | There is no file no-such-file to read; name one that has a queue message a line.",
                "@ --live .            | There is no file . to read",
                "@ --live-rate 2       | --live-rate 2 is the rate of --live, which is not given; add --live FILE",
                "@ --live % --live-rate 0       | --live-rate must be 0.001 to 1000 messages a second, not 0.",
                "@ --live % --live-rate 0.0009  | --live-rate must be 0.001 to 1000 messages a second, not 0.0009.",
                "@ --live % --live-rate 1000.01 | --live-rate must be 0.001 to 1000 messages a second, not 1000.01.",
                "@ --live % --live-rate ten     | --live-rate must be 0.001 to 1000 messages a second, not ten.",
            })
    void saysInASentenceWhatIsWrongWithTheArguments(String arguments, String sentence) throws IOException {
        String given = arguments
                .replace("@", "load " + SEASON + " --chain imtbl-zkevm-testnet --contract " + CONTRACT)
                .replace("%", file(message("1")));

        assertThat(terminal.execute(given.split(" "))).isEqualTo(2);

        assertThat(terminal.err()).contains(sentence);
        assertThat(terminal.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(terminal.execute("--help")).isZero();
        assertThat(terminal.execute("run", "--help")).isZero();
        assertThat(terminal.execute("api", "--help")).isZero();
        assertThat(terminal.execute("check", "--help")).isZero();
        assertThat(terminal.execute("load", "--help")).isZero();

        assertThat(terminal.out())
                .contains("--live=FILE")
                .contains("--live-rate=N")
                .contains("--dead-letters=FILE")
                .contains("--port=N")
                .contains("--contract=ADDRESS");
    }

    @Test
    void withoutACommandItShowsThemAll() {
        assertThat(terminal.execute()).isEqualTo(2);

        assertThat(terminal.err()).contains("run").contains("check").contains("generate-completion");
    }

    @Test
    void saysItsVersion() {
        assertThat(terminal.execute("--version")).isZero();

        assertThat(terminal.out()).startsWith("nft-refresh ").contains("(Java ");
    }

    @Test
    void makesACompletionScriptThatKnowsCommandsAndOptions() {
        assertThat(terminal.execute("generate-completion")).isZero();

        assertThat(terminal.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("--fail-on-rejected")
                .contains("check");
    }
}
