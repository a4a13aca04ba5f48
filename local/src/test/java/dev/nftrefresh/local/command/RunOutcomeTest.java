package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} prints about each update, and about files of the wrong kind. */
class RunOutcomeTest {
    private static final String FAST = "--batching-window=0.05";
    private static final Path SAMPLES = Path.of("..", "events", "token-updates.ndjson");
    /** In the page's table: the line, and the outcome's first word. */
    private static final Pattern DESCRIBED = Pattern.compile("\\| (\\d+) \\|.*\\| ([^|]+) \\|");

    private static final Pattern PRINTED =
            Pattern.compile(" *(\\d*)  +(\\S.*?)  +(accepted|superseded|rejected)\\b(.*)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private String file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("messages.ndjson"), lines).toString();
    }

    private static String token(String id) {
        return """
                {"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id);
    }

    private static String message(String tokenId, String updatedAt) {
        return """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e",\
                "updated_at":"%s","nft_metadata":[%s]}""".formatted(updatedAt, token(tokenId));
    }

    private static String message(String tokenId) {
        return message(tokenId, "2026-11-23T10:00:00Z");
    }

    @Test
    void theSamplesEndAsTheirPageSays() throws IOException {
        // One copy receives them in their order, so that the newer update of token 7 comes first.
        assertThat(terminal.execute("run", SAMPLES.toString(), "--concurrency=1", FAST))
                .isZero();

        Map<Integer, String> described = new TreeMap<>();
        for (String row : Files.readAllLines(Path.of("..", "events", "README.md"))) {
            Matcher cells = DESCRIBED.matcher(row);
            if (cells.matches()) {
                described.put(Integer.parseInt(cells.group(1)), cells.group(2));
            }
        }
        Map<Integer, List<String>> printed = new TreeMap<>();
        int line = 0;
        for (String row : terminal.out().lines().toList()) {
            Matcher cells = PRINTED.matcher(row);
            if (cells.matches()) {
                line = cells.group(1).isEmpty() ? line : Integer.parseInt(cells.group(1));
                printed.computeIfAbsent(line, _ -> new ArrayList<>()).add(cells.group(3) + cells.group(4));
            }
        }
        assertThat(printed.keySet()).isEqualTo(described.keySet()).hasSize(21);
        described.forEach((number, tokenOutcome) -> {
            for (String words : printed.getOrDefault(number, List.of())) {
                String reason = words.startsWith("rejected, ") ? words.substring("rejected, ".length()) : "";
                assertThat(tokenOutcome)
                        .as("line " + number)
                        .contains(words.split("[ ,]", 2)[0])
                        .contains(reason);
            }
        });
    }

    @Test
    void aSupersededUpdateNamesTheLineOfTheNewerOne() throws IOException {
        String file = file(
                List.of(message("7", "2026-11-23T10:00:02Z"), message("007", "2026-11-23T10:00:01Z"), message("8")));

        assertThat(terminal.execute("run", file, FAST)).isZero();

        assertThat(terminal.out())
                .containsPattern(" 1  7 +accepted\n")
                .containsPattern(" 2  007 +superseded by line 1\n")
                .contains("3 tokens, of which 2 accepted, 1 superseded, 0 rejected.");
    }

    @Test
    void onlyTheFirstOfEachOutcomeAreNamedForALongFileAndTheOthersCounted() throws IOException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> lines.add(message(String.valueOf(i))));
        IntStream.range(0, 7).forEach(_ -> lines.add("no JSON"));

        String file = file(lines);
        assertThat(terminal.execute("run", file, FAST)).isZero();

        assertThat(terminal.out())
                .contains(
                        "30 accepted: token 0 (line 1), token 1 (line 2), token 2 (line 3), token 3 (line 4), token 4 "
                                + "(line 5) and 25 more\n")
                .contains("30 tokens, of which 30 accepted, 0 superseded, 0 rejected; and 7 messages without readable "
                        + "tokens.")
                .contains("rejected, MALFORMED_JSON: 7 messages\n")
                .contains(file + ":31: The body cannot be read as JSON")
                .contains(file + ":35: ")
                .doesNotContain(file + ":36: ")
                .contains("and 2 more dead letters, from line 36 on\n");
    }

    @Test
    void rejectedTokensFailARunOnlyIfAskedTo() throws IOException {
        String file = file(List.of(message("1"), message("x")));

        assertThat(terminal.execute("run", file, FAST)).isZero();
        assertThat(terminal.execute("run", file, FAST, "--fail-on-rejected")).isEqualTo(1);
        assertThat(terminal.execute("run", file(List.of(message("1"))), FAST, "--fail-on-rejected"))
                .isZero();
    }

    @Test
    void aFileOfTokensGetsTheAdviceToUseLoad() throws IOException {
        String file = file(List.of(token("1"), token("2")));

        assertThat(terminal.execute("run", file, FAST)).isZero();

        String hint =
                file + " looks like a bulk file: it has tokens, not queue messages. To load it: ./nft-refresh load "
                        + file + " --chain imtbl-zkevm-testnet --contract ADDRESS";
        assertThat(terminal.err()).startsWith(hint).contains("Every message of the file was rejected. " + hint);
    }

    @Test
    void aFileOfDeadLettersGetsTheAdviceHowToQueueItAgain() throws IOException {
        String letters = folder.resolve("letters.ndjson").toString();
        terminal.execute("run", file(List.of(message("x"))), FAST, "--dead-letters", letters);

        terminal.execute("run", letters, FAST);

        assertThat(terminal.err())
                .contains("looks like what --dead-letters writes")
                .contains("jq -r .body " + letters);
    }
}
