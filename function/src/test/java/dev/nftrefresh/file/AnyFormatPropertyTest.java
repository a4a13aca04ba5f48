package dev.nftrefresh.file;

import static dev.nftrefresh.file.Files.HEADER;
import static dev.nftrefresh.file.Files.gzip;
import static dev.nftrefresh.file.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The same tokens, written down in any way and read in any portions, are the same tokens. */
final class AnyFormatPropertyTest {
    private static final List<String> TEXTS =
            List.of("name", "description", "image", "external_url", "animation_url", "youtube_url");

    /** A token of whom only the id may be wrong. */
    record Row(
            String id,
            List<@Nullable String> texts,
            @Nullable String attributes,
            @Nullable String updatedAt) {
        String json() {
            var json = new StringBuilder("{\"token_id\":" + quoted(id));
            for (int i = 0; i < TEXTS.size(); i++) {
                String text = texts.get(i);
                json.append(",\"" + TEXTS.get(i) + "\":" + (text == null ? "null" : quoted(text)));
            }
            json.append(",\"attributes\":" + attributes);
            if (updatedAt != null) {
                json.append(",\"updated_at\":" + quoted(updatedAt));
            }
            return json.append('}').toString();
        }

        String csv() {
            var cells = new ArrayList<@Nullable String>();
            cells.add(id);
            cells.addAll(texts);
            cells.add(attributes);
            cells.add(updatedAt);
            return cells.stream()
                    .map(cell -> cell == null ? "" : '"' + cell.replace("\"", "\"\"") + '"')
                    .collect(Collectors.joining(","));
        }

        private static String quoted(String text) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<String> id = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(0, 9_999).map(Object::toString)),
                Tuple.of(1, Arbitraries.of("x", "", "-1", "0007")));
        Arbitrary<@Nullable String> text = Arbitraries.frequencyOf(
                        Tuple.of(
                                4,
                                Arbitraries.of(
                                                "a",
                                                ",",
                                                "\"",
                                                "\n",
                                                "\r\n",
                                                "\\",
                                                "}",
                                                "]",
                                                "{[",
                                                " ",
                                                "\u00e9",
                                                "\ud83d\ude00",
                                                "\u0001")
                                        .list()
                                        .ofMaxSize(8)
                                        .map(parts -> String.join("", parts))),
                        Tuple.of(1, Arbitraries.integers().between(0, 17_000).map("w"::repeat)))
                .injectNull(0.3);
        Arbitrary<@Nullable String> attributes = Arbitraries.of(
                        "[]",
                        "[{\"trait_type\":\"a\",\"value\":1.50}]",
                        "[ {\"trait_type\":\"\\u00e9\",\"value\":true,\"display_type\":null} ]",
                        "{}",
                        "[{\"trait_type\":\"a\"}]")
                .injectNull(0.2);
        Arbitrary<@Nullable String> updatedAt = Arbitraries.of(
                        "2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000000001+01:00", "2027-01-01T00:00:00Z")
                .injectNull(0.6);
        return Combinators.combine(id, text.list().ofSize(TEXTS.size()), attributes, updatedAt)
                .as(Row::new)
                .list()
                .ofMaxSize(12);
    }

    private static byte[] written(List<Row> rows, BulkFormat format, boolean crLf) {
        String end = crLf ? "\r\n" : "\n";
        return utf8(
                switch (format) {
                    case NDJSON -> rows.stream().map(row -> row.json() + end).collect(Collectors.joining());
                    case JSON ->
                        rows.stream().map(Row::json).collect(Collectors.joining("," + end, "[" + end, end + "]"));
                    case CSV ->
                        rows.stream().map(Row::csv).collect(Collectors.joining(end, HEADER + ",updated_at" + end, ""));
                });
    }

    private static byte[] inMembers(byte[] content, Random random) {
        var packed = new ByteArrayOutputStream();
        int from = 0;
        while (from < content.length) {
            int to = from + 1 + random.nextInt(content.length - from);
            packed.writeBytes(gzip(Arrays.copyOfRange(content, from, to)));
            from = to;
        }
        return packed.toByteArray();
    }

    /** What is the same in all formats: not the line, nor what the sentences say of it, nor the content. */
    private static List<String> essence(List<FileElement> elements) {
        return elements.stream()
                .map(element -> switch (element) {
                    case FileElement.Token(var place, var key, var updatedAt, var json) ->
                        place.element() + " " + key + " " + updatedAt + " " + json;
                    case FileElement.Refused(var place, var rejection, var tokenId, var _) ->
                        place.element() + " " + rejection.reason() + " " + tokenId;
                    case FileElement.Broken broken -> broken.detail();
                })
                .toList();
    }

    @Property(tries = 300)
    void readsTheSameTokensHoweverTheyAreWritten(
            @ForAll("rows") List<Row> rows, @ForAll boolean crLf, @ForAll long seed) {
        var random = new Random(seed);
        List<String> expected = essence(Files.read(written(rows, BulkFormat.NDJSON, false), BulkFormat.NDJSON));
        assertThat(expected).hasSameSizeAs(rows);

        for (BulkFormat format : BulkFormat.values()) {
            byte[] content = written(rows, format, crLf);
            InputStream plain = Streams.uneven(content, 1 + random.nextInt(3_000), seed);
            InputStream packed = Streams.uneven(inMembers(content, random), 1 + random.nextInt(300), seed);

            assertThat(essence(Files.read(plain, format, false, Place.START))).isEqualTo(expected);
            assertThat(essence(Files.read(packed, format, true, Place.START))).isEqualTo(expected);
        }
    }

    @Property(tries = 100)
    void readsOnAfterAnyElement(@ForAll("rows") List<Row> rows, @ForAll boolean crLf, @ForAll boolean gzip) {
        for (BulkFormat format : BulkFormat.values()) {
            byte[] content = written(rows, format, crLf);
            byte[] stored = gzip ? gzip(content) : content;
            List<FileElement> all = Files.read(new ByteArrayInputStream(stored), format, gzip, Place.START);

            for (int i = 0; i < all.size(); i++) {
                Place after = all.get(i).place();
                int from = TokenFile.startsAtOffset(format, gzip) ? (int) after.offset() : 0;
                var rest = new ByteArrayInputStream(stored, from, stored.length - from);

                List<FileElement> others = Files.read(rest, format, gzip, after);

                assertThat(Files.all(others)).isEqualTo(Files.all(all).subList(i + 1, all.size()));
            }
        }
    }
}
