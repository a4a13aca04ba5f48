package dev.nftrefresh.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.flow.LocalBulkUpload;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.WrappedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A load's report, for people: how the file was read, and the first tokens that were refused. */
final class LoadReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 5;

    private final LocalBulkUpload upload;
    private final PrintWriter out;
    private final int columns;

    LoadReport(LocalBulkUpload upload, PrintWriter out, int columns) {
        this.upload = upload;
        this.out = out;
        this.columns = columns;
    }

    void print() {
        try {
            Optional<String> report = upload.report();
            if (report.isPresent()) {
                say(summary(JSON.readTree(report.get())), "");
                out.println();
            } else {
                say("The load had not begun.", "");
            }
            Optional<Path> rejected = upload.rejected();
            if (rejected.isPresent()) {
                printFirst(rejected.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The report of the load cannot be read.", e);
        }
        out.println();
        out.flush();
    }

    private String summary(JsonNode report) {
        String detail = report.path("detail").asText("");
        return String.format(
                        Locale.ROOT,
                        "%s: %s; %,d tokens read: %,d queued, %,d rejected.",
                        upload.file(),
                        report.path("status").asText(),
                        report.path("tokens_read").asLong(),
                        report.path("tokens_queued").asLong(),
                        report.path("tokens_rejected").asLong())
                + (detail.isEmpty() ? "" : " " + detail);
    }

    private void printFirst(Path rejected) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(rejected)) {
            long count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count++;
                if (count <= FIRST) {
                    JsonNode refused = JSON.readTree(line);
                    say(
                            "  %s:%d: %s: %s"
                                    .formatted(
                                            upload.file(),
                                            refused.path("line").asLong(),
                                            refused.path("reason").asText(),
                                            refused.path("detail").asText()),
                            "    ");
                }
            }
            if (count > FIRST) {
                say(
                        String.format(
                                Locale.ROOT,
                                "  and %,d more; --rejected FILE has all, and ./nft-refresh check groups them",
                                count - FIRST),
                        "    ");
            }
        }
    }

    private void say(String text, String indent) {
        WrappedText.lines(TerminalSafeText.line(text), indent, columns).forEach(out::println);
    }
}
