package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    /** The page's figures are those of the last whole run; its text must be edited in the code that writes it. */
    @Test
    void thePageBeginsWithTheTextThatARunWouldWrite() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "simulation.md"))).startsWith(ReportTable.page(""));
    }
}
