package dev.nftrefresh.local.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The documents of a file, one after the other or in an array, or those of a folder of metadata files, in turn. */
final class ExportedFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int GZIP_FIRST_BYTE = 0x1f;

    private final Path path;

    ExportedFile(Path path) {
        this.path = path;
    }

    /** What takes the documents. */
    interface Receiver {
        void take(ExportDocument document) throws IOException;
    }

    /** Hands on each document, with no more than one in memory. */
    void read(Receiver receiver) throws IOException {
        if (!Files.isDirectory(path)) {
            read(path, null, receiver);
            return;
        }
        for (Path file : metadataFiles(path)) {
            read(file, TokenIdOfFile.of(file), receiver);
        }
    }

    /** By name, shorter ones first, so that numbers are in their order. */
    private static List<Path> metadataFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparingInt(
                                    (Path file) -> file.getFileName().toString().length())
                            .thenComparing(Path::getFileName))
                    .toList();
        }
    }

    private static void read(Path file, @Nullable String fileId, Receiver receiver) throws IOException {
        try (InputStream in = open(file);
                JsonParser parser = JSON.createParser(in)) {
            boolean inArray = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && !inArray) {
                    inArray = true;
                } else if (token == JsonToken.END_ARRAY) {
                    inArray = false;
                } else {
                    String place = file + ":" + parser.currentTokenLocation().getLineNr();
                    receiver.take(new ExportDocument(place, fileId, JsonValue.read(parser)));
                }
            }
        } catch (JsonProcessingException e) {
            throw new ExportException(file + ":" + line(e) + ": this is no JSON ("
                    + e.getOriginalMessage().lines().findFirst().orElse("")
                    + "), and what follows was not read. If psql's COPY wrote the file, it doubled each backslash: "
                    + "write it with psql -At -c 'SELECT row_to_json(t) FROM …' instead.");
        } catch (ExportException e) {
            throw new ExportException(file + ": " + e.getMessage());
        } catch (ZipException | EOFException | CharConversionException e) {
            throw new ExportException(file + ": this is damaged (" + e.getMessage()
                    + "), and what follows was not read; " + "export it again, in UTF-8.");
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(1);
        boolean gzip = in.read() == GZIP_FIRST_BYTE
                && file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        in.reset();
        return gzip ? new GZIPInputStream(in) : in;
    }
}
