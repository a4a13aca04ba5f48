package dev.nftrefresh.bulkload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** How a bulk file is written. */
enum BulkFileShape {
    NDJSON("a.ndjson"),
    ARRAY("a.json"),
    BODY("a.json"),
    CSV("a.csv"),
    PACKED_NDJSON("a.ndjson.gz"),
    PACKED_CSV("a.csv.gz");

    final String name;

    BulkFileShape(String name) {
        this.name = name;
    }

    /** A file of these lines, each of whose tokens has this description. */
    byte[] bytes(List<BulkFileLine> lines, String description) {
        Stream<String> json =
                IntStream.range(0, lines.size()).mapToObj(i -> lines.get(i).json(i, description));
        return switch (this) {
            case NDJSON -> BulkLoaderFixture.utf8(String.join("\n", json.toList()));
            case ARRAY -> BulkLoaderFixture.utf8("[" + String.join(",\n", json.toList()) + "]");
            case BODY -> BulkLoaderFixture.utf8("{\"nft_metadata\":[" + String.join(",\n", json.toList()) + "]}");
            case CSV ->
                BulkLoaderFixture.utf8(BulkFileLine.CSV_HEADER + "\n"
                        + String.join(
                                "\n",
                                IntStream.range(0, lines.size())
                                        .mapToObj(i -> lines.get(i).csv(i, description))
                                        .toList()));
            case PACKED_NDJSON -> gzip(NDJSON.bytes(lines, description));
            case PACKED_CSV -> gzip(CSV.bytes(lines, description));
        };
    }

    boolean hasElements() {
        return this == ARRAY || this == BODY;
    }

    /** The number of the line on which the first element stands. */
    int firstLine() {
        return this == CSV || this == PACKED_CSV ? 2 : 1;
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
