package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writesAllToTheFileAndShowsWhatNeedsAttention() throws IOException {
        Path file = folder.resolve("function.log");
        var terminal = new StringWriter();

        try (PrintStream log = FunctionLog.open(file, new PrintWriter(terminal))) {
            log.println("{\"level\":\"INFO\",\"message\":\"é\"}");
            log.print("{\"level\":\"WA");
            log.println("RN\",\"message\":\"é\"}");
            log.println("{\"level\":\"ERROR\"}");
        }

        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(terminal.toString().lines())
                .containsExactly("{\"level\":\"WARN\",\"message\":\"é\"}", "{\"level\":\"ERROR\"}");
    }

    @Test
    void goesNowhereUnlessAsked() throws IOException {
        try (PrintStream log = FunctionLog.open(null, null)) {
            log.println("{\"level\":\"ERROR\"}");

            assertThat(log.checkError()).isFalse();
        }
    }
}
