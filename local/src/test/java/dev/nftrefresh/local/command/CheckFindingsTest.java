package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.TerminalWidth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckFindingsTest {
    private static String fault(int columns) {
        var out = new StringWriter();
        new CheckFindings("season.ndjson", new PrintWriter(out, true), columns, false)
                .refusedStrictly(3, List.of("owner_email is no field of the API's, and goes to it as it is."));
        return out.toString();
    }

    @Test
    void aFaultIsOneLineForEditorsAndFitsATerminal() {
        assertThat(fault(TerminalWidth.UNLIMITED))
                .isEqualTo(
                        "season.ndjson:3: UNKNOWN_FIELD: owner_email is no field of the API's, and goes to it as it is.\n");
        assertThat(fault(40)).isEqualTo("""
                        season.ndjson:3: UNKNOWN_FIELD:
                          owner_email is no field of the API's,
                          and goes to it as it is.
                        """);
    }
}
