package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.flow.LocalBulkUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A bulk file that was uploaded, and the processes that loaded it.
 *
 * @param file what is in it
 * @param upload where it is, and its report
 * @param mishap what comes over the processes
 * @param processes one an invocation
 */
record UploadedFile(SmallBulkFile file, LocalBulkUpload upload, CallMishap mishap, List<LoaderProcess> processes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    UploadedFile(SmallBulkFile file, LocalBulkUpload upload, CallMishap mishap) {
        this(file, upload, mishap, new CopyOnWriteArrayList<>());
    }

    /** A process of its own, as if each invocation were a cold start. */
    LoaderProcess startProcess() {
        var process = new LoaderProcess(mishap);
        processes.add(process);
        return process;
    }

    /** Whatever was in the file is reported, and nothing else is left of the load. */
    void assertReported() {
        JsonNode report = json(upload.report().orElseThrow());
        assertThat(report.path("status").asText()).isEqualTo("done");
        assertThat(report.path("detail").isNull()).isTrue();
        assertThat(report.path("tokens_read").asInt())
                .isEqualTo(file.tokens() + file.refused().size());
        assertThat(report.path("tokens_queued").asInt()).isEqualTo(file.tokens());
        assertThat(report.path("tokens_rejected").asInt())
                .isEqualTo(file.refused().size());
        assertThat(report.path("messages_queued").asInt()).isEqualTo(file.messages());

        try (Stream<String> lines = Files.lines(upload.rejected().orElseThrow())) {
            assertThat(lines.map(UploadedFile::json))
                    .extracting(line -> Map.entry(
                            line.path("line").asInt(), line.path("content").asText()))
                    .containsExactlyElementsOf(file.refused().entrySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(upload.written()).hasSize(2);
    }

    @Override
    public String toString() {
        return upload.notification() + " with " + mishap;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
