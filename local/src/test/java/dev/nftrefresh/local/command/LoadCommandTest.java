package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTRACT = "--contract=0x8A90cab2b38dba80c64b7734e58ee1db38b8992e";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private int load(String content, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("season.ndjson"), content);
        var all = new ArrayList<>(List.of("load", file.toString(), CONTRACT));
        all.addAll(List.of(arguments));
        return terminal.execute(all.toArray(String[]::new));
    }

    private static String token(int id) {
        return """
                {"token_id":"%d","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id);
    }

    private JsonNode json(String name) throws IOException {
        return JSON.readTree(folder.resolve(name).toFile());
    }

    @Test
    void aFileIsLoadedToTheLastAcceptanceAndItsRefusedTokensAreNamed() throws IOException {
        String tokens = IntStream.range(0, 251).mapToObj(LoadCommandTest::token).collect(Collectors.joining("\n"));

        int status = load(
                tokens + "\nnot a token\n",
                "--chain=imtbl-zkevm-testnet",
                "--report=" + folder.resolve("report.json"),
                "--rejected=" + folder.resolve("rejected.ndjson"),
                "--summary=" + folder.resolve("summary.json"));

        assertThat(status).as(terminal.err()).isZero();
        JsonNode report = json("report.json");
        assertThat(report.path("status").asText()).isEqualTo("done");
        assertThat(report.path("tokens_read").asInt()).isEqualTo(252);
        assertThat(report.path("tokens_queued").asInt()).isEqualTo(251);
        assertThat(report.path("messages_queued").asInt()).isEqualTo(2);
        assertThat(report.path("tokens_accepted").asInt()).isEqualTo(251);
        assertThat(report.path("tokens_superseded").asInt()).isZero();
        assertThat(report.path("tokens_dead_lettered").asInt()).isZero();
        assertThat(report.path("settled_at").isTextual()).isTrue();
        assertThat(json("rejected.ndjson").path("line").asInt()).isEqualTo(252);
        assertThat(json("summary.json").path("tokens_accepted").asInt()).isEqualTo(251);
        assertThat(json("summary.json").path("requests").asInt()).isEqualTo(2);
        assertThat(terminal.out())
                .contains("season.ndjson: done; 252 tokens read: 251 queued, 1 rejected.")
                .contains("season.ndjson:252: MALFORMED_JSON: The token (line 252) cannot be read as JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-01-01T00:00:00Z", "2099-01-01T00:00:00Z"})
    void aFileIsUploadedNowWhateverItsTimeSays(String time) throws IOException {
        Path file = Files.writeString(folder.resolve("old.ndjson"), token(1));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
        Path summary = folder.resolve("summary.json");

        terminal.execute(
                "load",
                file.toString(),
                CONTRACT,
                "--chain=imtbl-zkevm-testnet",
                "--batching-window=0.1",
                "--summary=" + summary);

        assertThat(json("summary.json").path("tokens_accepted").asInt()).isEqualTo(1);
    }

    @Test
    void aFileWithoutTokensFails() throws IOException {
        assertThat(load("\n", "--chain=imtbl-zkevm-testnet")).isEqualTo(1);
        assertThat(terminal.out()).contains("season.ndjson: failed; 0 tokens read");
    }

    @Test
    void aFileWhoseEveryTokenIsRejectedIsNoSuccess() throws IOException {
        assertThat(load("{}\nno JSON\n", "--chain=imtbl-zkevm-testnet")).isEqualTo(1);
        assertThat(terminal.out()).contains("season.ndjson: done; 2 tokens read: 0 queued, 2 rejected.");
    }

    @Test
    void oneRefusedTokenFailsALoadOnlyIfAskedTo() throws IOException {
        String content = token(1) + "\n{}\n";

        assertThat(load(content, "--chain=imtbl-zkevm-testnet", "--batching-window=0.1"))
                .isZero();
        assertThat(load(content, "--chain=imtbl-zkevm-testnet", "--batching-window=0.1", "--fail-on-rejected"))
                .isEqualTo(1);
    }

    @Test
    void theLocalFlowIsASandbox() throws IOException {
        assertThat(load(token(1), "--chain=imtbl-zkevm-mainnet")).isEqualTo(2);
        assertThat(terminal.err()).contains("--chain must be imtbl-zkevm-testnet");
    }

    private static String message(int tokenId) {
        return """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e",\
                "nft_metadata":[%s]}""".formatted(token(tokenId));
    }

    private String live(String... lines) throws IOException {
        return "--live=" + Files.write(folder.resolve("live.ndjson"), List.of(lines));
    }

    @Test
    void liveMessagesBesideTheFileSayHowLongTheyWaited() throws IOException {
        int status = load(
                token(1),
                "--chain=imtbl-zkevm-testnet",
                "--batching-window=0.1",
                "--live-rate=20",
                "--json",
                live(message(1_001), "not JSON", message(1_002)));

        assertThat(status).as(terminal.err()).isZero();
        JsonNode counts = JSON.readTree(terminal.out());
        assertThat(counts.path("messages_sent").asInt()).isEqualTo(4);
        assertThat(counts.path("messages_dead_lettered").asInt()).isEqualTo(1);
        assertThat(counts.path("tokens_accepted").asInt()).isEqualTo(3);
        assertThat(counts.path("live_messages_sent").asInt()).isEqualTo(3);
        assertThat(counts.path("live_tokens_sent").asInt()).isEqualTo(2);
        assertThat(counts.path("live_tokens_waited").asInt()).isEqualTo(2);
        double p50 = counts.path("live_wait_seconds_p50").asDouble();
        assertThat(p50).isPositive();
        assertThat(counts.path("live_wait_seconds_p95").asDouble()).isGreaterThanOrEqualTo(p50);
        assertThat(counts.path("live_wait_seconds_max").asDouble())
                .isEqualTo(counts.path("live_wait_seconds_p95").asDouble())
                .isLessThan(counts.path("seconds").asDouble());
    }

    @Test
    void withoutAnAcceptedLiveUpdateThereIsNoWait() throws IOException {
        Path summary = folder.resolve("summary.json");

        int status = load(
                token(1),
                "--chain=imtbl-zkevm-testnet",
                "--batching-window=0.1",
                "--summary=" + summary,
                live("not JSON"));

        assertThat(status).as(terminal.err()).isZero();
        assertThat(json("summary.json").path("live_wait_seconds_p95").isNull()).isTrue();
        assertThat(terminal.out()).containsPattern("live wait seconds p95 +none\n");
    }

    @Test
    void withoutLiveMessagesThereAreNoFiguresOfThem() throws IOException {
        assertThat(load(token(1), "--chain=imtbl-zkevm-testnet", "--batching-window=0.1"))
                .isZero();

        assertThat(terminal.out()).contains("tokens accepted").doesNotContain("live");
    }

    @Test
    void aLiveLineThatCannotBeQueuedMakesTheStatusOneAndTheOthersAreSent() throws IOException {
        int status = load(
                token(1),
                "--chain=imtbl-zkevm-testnet",
                "--batching-window=0.1",
                "--live-rate=1000",
                live(message(1_001), "\uFFFE"));

        assertThat(status).isEqualTo(1);
        assertThat(terminal.err()).contains("live.ndjson:2: The line was not queued: ");
        assertThat(terminal.out()).contains("season.ndjson: done;").containsPattern("live messages sent +1\n");
    }
}
