package dev.nftrefresh.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.flow.RunSummary;
import dev.nftrefresh.operator.TerminalWidth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a run, to be read by people and by programs. */
final class SummaryPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Two of 38, and the space between them. */
    private static final int TWO_COLUMNS = 80;

    private SummaryPrinter() {}

    /** Prints each figure on a line of its own, or two beside each other on a wide terminal. */
    static void print(RunSummary counts, PrintWriter out, int columns) {
        List<String> cells = new ArrayList<>();
        counts.byName().forEach((name, value) -> {
            String shown = value == null
                    ? "none"
                    : NumberFormat.getInstance(Locale.ROOT).format(value);
            cells.add(String.format(Locale.ROOT, "%-24s %13s", name.replace('_', ' '), shown));
        });
        boolean two = columns != TerminalWidth.UNLIMITED && columns >= TWO_COLUMNS;
        int rows = two ? (cells.size() + 1) / 2 : cells.size();
        for (int row = 0; row < rows; row++) {
            out.println(row + rows < cells.size() ? cells.get(row) + "   " + cells.get(row + rows) : cells.get(row));
        }
        out.flush();
    }

    static void printJson(RunSummary counts, boolean interrupted, PrintWriter out) throws IOException {
        out.print(json(counts, interrupted));
        out.flush();
    }

    static void write(RunSummary counts, boolean interrupted, Path file) throws IOException {
        Files.writeString(file, json(counts, interrupted));
    }

    private static String json(RunSummary counts, boolean interrupted) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(counts.byName());
        if (interrupted) {
            fields.put("interrupted", true);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
    }
}
