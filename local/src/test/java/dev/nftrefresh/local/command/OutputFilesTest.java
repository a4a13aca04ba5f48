package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    private static final String MESSAGE = "no JSON, which is queued as it is";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private int run(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("messages.ndjson"), MESSAGE);
        List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--batching-window=0.05"));
        arguments.addAll(List.of(options));
        return terminal.execute(arguments.toArray(String[]::new));
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where not even root may make a file there
    void nothingIsSentIfNothingCanBeWritten() throws IOException {
        for (String option : List.of("--summary", "--dead-letters", "--log")) {
            assertThat(run(option, "/proc/nft-refresh")).isEqualTo(2);
        }

        assertThat(terminal.err()).contains("--summary cannot be written to /proc/nft-refresh: ");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void twoOutputsCannotBeOneFile() throws IOException {
        String output = folder.resolve("output").toString();

        assertThat(run("--summary", output, "--log", output)).isEqualTo(2);

        assertThat(terminal.err())
                .startsWith("--summary and --log name the same file, " + output + "; name another one.");
        assertThat(Path.of(output)).doesNotExist();
    }

    @Test
    void theInputIsNotWrittenOver() throws IOException {
        Path input = folder.resolve("messages.ndjson");

        assertThat(run("--dead-letters", input.toString())).isEqualTo(2);

        assertThat(terminal.err()).startsWith("FILE and --dead-letters name the same file, ");
        assertThat(input).hasContent(MESSAGE);
    }

    @Test
    void anOutputsOldContentStaysUntilItIsWritten() throws IOException {
        Path letters = Files.writeString(folder.resolve("letters"), "of yesterday");

        assertThat(run("--dead-letters", letters.toString(), "--log", "no/such/folder"))
                .isEqualTo(2);

        assertThat(letters).hasContent("of yesterday");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // which has a file that is always full
    void aFullDiskIsReportedAndMakesTheStatusOneButTheFiguresAreThere() throws IOException {
        assertThat(run("--summary", "/dev/full")).isEqualTo(1);

        assertThat(terminal.err()).contains("The summary could not be written to /dev/full: ");
        assertThat(terminal.out()).contains("messages dead lettered");
    }
}
