package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Terminal terminal = new Terminal();

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
    void theSampleOfEachFormatIsGood(String sample) {
        Path file = Path.of("..", "events", "bulk", sample);

        assertThat(terminal.execute("check", file.toString(), CHAIN, CONTRACT)).isZero();

        assertThat(terminal.err()).isEqualTo("3 tokens read: 3 good, 0 refused.%n".formatted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imtbl-zkevm-testnet", "imtbl-zkevm-mainnet"})
    void ofAGoodFileSaysHowManyTokensItHas(String chain) throws IOException {
        Path file = file("tokens.ndjson", token("1") + "\n\n" + token("2") + "\n");

        assertThat(terminal.execute("check", file.toString(), "--chain", chain, CONTRACT))
                .isZero();

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).isEqualTo("2 tokens read: 2 good, 0 refused.%n".formatted());
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
        assertThat(terminal.err()).isEqualTo("4 tokens read: 1 good, 3 refused.%n".formatted());
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
                .isEqualTo("2 tokens read: 2 good, 0 refused; the file could not be read to its end.%n".formatted());
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
                .isEqualTo("%s:1: EMPTY: The file has no tokens; see that it was exported whole.%n".formatted(file));
        assertThat(terminal.err()).isEqualTo("0 tokens read: 0 good, 0 refused.%n".formatted());
    }

    @Test
    void readsWhatIsPacked() throws IOException {
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
        assertThat(terminal.err()).isEqualTo("2 tokens read: 1 good, 1 refused.%n".formatted());
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
}
