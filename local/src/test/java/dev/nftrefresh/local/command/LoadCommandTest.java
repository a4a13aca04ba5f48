package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTRACT = "--contract=0x8A90cab2b38dba80c64b7734e58ee1db38b8992e";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int load(String content, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("season.ndjson"), content);
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        var all = new ArrayList<>(List.of("load", file.toString(), CONTRACT));
        all.addAll(List.of(arguments));
        return command.execute(all.toArray(String[]::new));
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

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = json("report.json");
        assertThat(report.path("status").asText()).isEqualTo("done");
        assertThat(report.path("tokens_read").asInt()).isEqualTo(252);
        assertThat(report.path("tokens_queued").asInt()).isEqualTo(251);
        assertThat(report.path("messages_queued").asInt()).isEqualTo(2);
        assertThat(json("rejected.ndjson").path("line").asInt()).isEqualTo(252);
        assertThat(json("summary.json").path("tokens_accepted").asInt()).isEqualTo(251);
        assertThat(json("summary.json").path("requests").asInt()).isEqualTo(2);
        assertThat(out.toString()).contains("\"status\" : \"done\"");
    }

    @Test
    void aFileWithoutTokensFails() throws IOException {
        assertThat(load("\n", "--chain=imtbl-zkevm-testnet")).isEqualTo(1);
        assertThat(out.toString()).contains("\"status\" : \"failed\"");
    }

    @Test
    void theFlowOnThisMachineIsASandbox() throws IOException {
        assertThat(load(token(1), "--chain=imtbl-zkevm-mainnet")).isEqualTo(2);
        assertThat(err.toString()).contains("--chain must be imtbl-zkevm-testnet");
    }
}
