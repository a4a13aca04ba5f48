package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    private static final String CHAIN = "--chain=imtbl-zkevm-testnet";
    private static final String CONTRACT = "--contract=0x8A90cab2b38dba80c64b7734e58ee1db38b8992e";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String token(String id) {
        return """
                {"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"season.ndjson", "season.json", "season-api-body.json", "season.csv"})
    void theSampleOfEachFormatIsValid(String sample) {
        Path file = Path.of("..", "events", "bulk", sample);

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isZero();

        assertThat(terminal.err())
                .isEqualTo(
                        "3 tokens read: 3 good, 0 refused. The good ones take 1 request; --limit N says how long at N an hour.%n"
                                .formatted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imtbl-zkevm-testnet", "imtbl-zkevm-mainnet"})
    void saysHowManyTokensAValidFileHas(String chain) throws IOException {
        Path file = file("tokens.ndjson", token("1") + "\n\n" + token("2") + "\n");

        assertThat(terminal.execute("check", file.toString(), "--chain", chain, CONTRACT))
                .isZero();

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .isEqualTo(
                        "2 tokens read: 2 good, 0 refused. The good ones take 1 request; --limit N says how long at N an hour.%n"
                                .formatted());
    }

    @Test
    void printsEachFaultWhereAnEditorCanJumpToIt() throws IOException {
        Path file = file("tokens.jsonl", token("1") + "\n\n{}\nno JSON\n" + token("x") + "\n");

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        assertThat(terminal.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(file + ":3: INVALID_TOKEN: The token (line 3) is refused: token_id, "),
                        line -> assertThat(line).startsWith(file + ":4: MALFORMED_JSON: The token (line 4) cannot be"),
                        line -> assertThat(line).startsWith(file + ":5: INVALID_TOKEN: The token (line 5) is refused"));
        assertThat(terminal.err())
                .isEqualTo(
                        "4 tokens read: 1 good, 3 refused. The good ones take 1 request; --limit N says how long at N an hour.%n"
                                .formatted());
    }

    @Test
    void aTokenThatItsEscapesMakeTooLargeIsRefusedAsItsLoadWould() throws IOException {
        Path file = file("a.ndjson", token("1").replace("Sword", "\uFFFE".repeat(4_000)));

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        assertThat(terminal.out()).startsWith(file + ":1: TOKEN_TOO_LARGE: Token 1 (line 1) has 24,");
    }

    @Test
    void saysWhereAFileIsBroken() throws IOException {
        Path file = file("tokens.json", "[\n" + token("1") + ",\n" + token("2") + ",\n");

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        assertThat(terminal.out()).startsWith(file + ":4: BROKEN: From line 4 on the file cannot be read: ");
        assertThat(terminal.out().lines()).hasSize(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "2 tokens read: 2 good, 0 refused; the file could not be read to its end. The good ones take 1 request; --limit N says how long at N an hour.%n"
                                .formatted());
    }

    @ParameterizedTest
    @CsvSource({
        "a.ndjson,''",
        "a.ndjson,'\n \n'",
        "a.json,[]",
        "a.csv,'token_id,name,description,image,external_url," + "animation_url,youtube_url,attributes\n'"
    })
    void aFileWithoutTokensIsAtFaultAsItsLoadWouldFail(String name, String content) throws IOException {
        Path file = file(name, content);

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        assertThat(terminal.out())
                .isEqualTo("%s:1: EMPTY: The file has no tokens; check that it was exported whole.%n".formatted(file));
        assertThat(terminal.err()).isEqualTo("0 tokens read: 0 good, 0 refused.%n".formatted());
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path file = folder.resolve("TOKENS.CSV.GZ");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write("""
                    token_id,name,description,image,external_url,animation_url,youtube_url,attributes
                    1,Sword,,,,,,
                    x,Sword,,,,,,
                    """.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        assertThat(terminal.out()).startsWith(file + ":3: INVALID_TOKEN: ");
        assertThat(terminal.err())
                .isEqualTo(
                        "2 tokens read: 1 good, 1 refused. The good ones take 1 request; --limit N says how long at N an hour.%n"
                                .formatted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such.csv | imtbl-zkevm-testnet | 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e | There is no file",
                "tokens.txt  | imtbl-zkevm-testnet | 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e | has an unknown ending",
                "no-such.csv | imtbl-zkevm         | 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e | --chain must be",
                "no-such.csv | imtbl-zkevm-mainnet | 8a90cab2b38dba80c64b7734e58ee1db38b8992e   | --contract must be",
            })
    void saysInASentenceWhatIsWrongWithTheArguments(String file, String chain, String contract, String sentence) {
        assertThat(terminal.execute("check", folder.resolve(file).toString(), "--chain", chain, "--contract", contract))
                .isEqualTo(2);

        assertThat(terminal.err()).contains(sentence);
        assertThat(terminal.err().lines()).hasSize(2);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void equalFaultsAreShownFiveTimesAndThenCounted() throws IOException {
        String lines = IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> token("1").replace("\"token_id\":\"1\"", "\"token_id\":" + i))
                .collect(Collectors.joining("\n"));
        Path file = file("tokens.ndjson", lines + "\nno JSON\n");

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isEqualTo(1);

        List<String> faults = terminal.out().lines().toList();
        assertThat(faults).hasSize(7);
        assertThat(faults.get(4))
                .startsWith(file + ":5: INVALID_TOKEN: ")
                .endsWith("it is the number 5; quote it: \"5\".");
        assertThat(faults.get(5)).startsWith(file + ":5001: MALFORMED_JSON: ");
        assertThat(faults.get(6))
                .isEqualTo(file + ":6: INVALID_TOKEN: and 4,995 more like line 1, up to line 5000; --all shows each.");
    }

    @Test
    void equalFaultsAreShownOneByOneIfAskedFor() throws IOException {
        Path file = file("tokens.ndjson", "{}\n".repeat(20));

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT, "--all"))
                .isEqualTo(1);

        assertThat(terminal.out().lines()).hasSize(20);
    }

    @Test
    void allFaultsOfATokenAreShownAtOnce() throws IOException {
        Path file = file("a.ndjson", token("1").replace("\"Sword\"", "7").replace("[]", "\"[]\""));

        terminal.execute("check", file.toString(), CHAIN, CONTRACT);

        assertThat(terminal.out())
                .contains("name is neither a string nor null: it is the number 7; quote it: \"7\"")
                .contains("attributes is neither an array nor null: it is a string; take the quotes around it away");
    }

    @Test
    void warnsOnceOfEachFieldThatNoTokenHas() throws IOException {
        String token = token("1")
                .replace("[]", "[{\"trait_type\":\"a\",\"value\":1,\"rarity\":2}]")
                .replace("{\"token_id\"", "{\"owner_email\":\"a@b.example\",\"token_id\"");
        Path file = file("a.ndjson", token + "\n" + token + "\n");

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isZero();

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err().lines())
                .startsWith(
                        file
                                + ":1: warning: the API does not name the field owner_email; it is sent as it is (in 2 tokens).",
                        file
                                + ":1: warning: the API does not name the field attributes[].rarity; it is sent as it is (in 2"
                                + " tokens).")
                .hasSize(3);
    }

    @Test
    void strictlyAFieldThatNoTokenHasIsAFault() throws IOException {
        Path file = file("a.ndjson", token("1").replace("{", "{\"power\":1,") + "\n" + token("2") + "\n");

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT, "--strict"))
                .isEqualTo(1);

        assertThat(terminal.out())
                .startsWith(file + ":1: UNKNOWN_FIELD: the API does not name the field power; it is sent as it is");
        assertThat(terminal.err()).startsWith("2 tokens read: 1 good, 1 refused.");
    }

    @Test
    void readsStdinCompressedOrNot() throws IOException {
        byte[] tokens = (token("1") + "\n{}\n").getBytes(StandardCharsets.UTF_8);
        var packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tokens);
        }
        for (byte[] given : List.of(tokens, packed.toByteArray())) {
            InputStream before = System.in;
            System.setIn(new ByteArrayInputStream(given));
            try {
                var piped = new TestTerminal();
                assertThat(piped.execute("check", "-", "--format", "ndjson", CHAIN, CONTRACT))
                        .isEqualTo(1);
                assertThat(piped.out()).startsWith("stdin:2: INVALID_TOKEN: ");
                assertThat(piped.err()).startsWith("2 tokens read: 1 good, 1 refused.");
            } finally {
                System.setIn(before);
            }
        }
    }

    @Test
    void saysHowManyRequestsAFileTakesAndHowLongAtALimit() throws IOException {
        Path file = file(
                "a.ndjson",
                IntStream.rangeClosed(1, 501)
                        .mapToObj(i -> token(String.valueOf(i)))
                        .collect(Collectors.joining("\n")));

        terminal.execute("check", file.toString(), CHAIN, CONTRACT, "--limit", "2");

        assertThat(terminal.err())
                .isEqualTo(
                        "501 tokens read: 501 good, 0 refused. The good ones take 3 requests: about 1 h 30 min at 2 an"
                                + " hour.%n".formatted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check - | Name the format of stdin: --format ndjson, json or csv.",
                "check - --format xml | --format must be ndjson or json or csv, not xml.",
                "check a.csv --limit 0 | --limit must be 1 or more, not 0."
            })
    void saysWhatIsWrongWithItsOptions(String arguments, String sentence) {
        assertThat(terminal.execute((arguments + " " + CHAIN + " " + CONTRACT).split(" ")))
                .isEqualTo(2);

        assertThat(terminal.err()).startsWith(sentence);
    }
}
