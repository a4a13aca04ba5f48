package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionLogStreamTest {
    private static final LastApiResponse ANSWERS = new LastApiResponse(() -> Instant.EPOCH);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writesAllToTheFileAndShowsWhatNeedsAttention() throws IOException {
        Path file = folder.resolve("function.log");
        List<String> attention = new ArrayList<>();

        try (PrintStream log = FunctionLogStream.open(file, ANSWERS, attention::add)) {
            log.println("{\"level\":\"INFO\",\"message\":\"é\"}");
            log.print("{\"level\":\"WA");
            log.println("RN\",\"message\":\"é\"}");
            log.println("{\"level\":\"ERROR\"}");
        }

        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(attention).containsExactly("{\"level\":\"WARN\",\"message\":\"é\"}", "{\"level\":\"ERROR\"}");
    }

    @Test
    void sendsNothingUnlessAsked() throws IOException {
        try (PrintStream log = FunctionLogStream.open(null, ANSWERS, null)) {
            log.println("{\"level\":\"ERROR\"}");

            assertThat(log.checkError()).isFalse();
        }
    }
}
