package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    /** Its figures are those of the last whole run; its text must not be edited where nobody would keep it. */
    @Test
    void thePageBeginsWithTheTextThatARunWouldWrite() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "simulation.md"))).startsWith(ReportTable.page(""));
    }
}
