package dev.nftrefresh.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.flow.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Locale;

/** The figures of a run, to be read by people and by programs. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    static void print(Figures figures, PrintWriter out) {
        figures.byName().forEach((name, value) -> {
            String shown = value == null
                    ? "none"
                    : NumberFormat.getInstance(Locale.ROOT).format(value);
            out.printf("%-24s %13s%n", name.replace('_', ' '), shown);
        });
        out.flush();
    }

    static void printJson(Figures figures, PrintWriter out) throws IOException {
        out.print(json(figures));
        out.flush();
    }

    static void write(Figures figures, Path file) throws IOException {
        Files.writeString(file, json(figures));
    }

    private static String json(Figures figures) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures.byName()) + "\n";
    }
}
