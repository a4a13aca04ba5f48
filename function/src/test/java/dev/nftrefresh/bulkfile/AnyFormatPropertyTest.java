package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.HEADER;
import static dev.nftrefresh.bulkfile.BulkFiles.gzip;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    private static final List<String> PIECES =
            List.of("a", ",", "\"", "\n", "\r\n", "\\", "}", "]", "{[", " ", "\u00e9", "\ud83d\ude00", "\u0001");

    private static Row row(ChoiceSequence choices) {
        String id = choices.weighted(5, 1) == 0
                ? String.valueOf(choices.between(0, 9_999))
                : choices.oneOf("x", "", "-1", "0007");
        List<@Nullable String> texts = choices.listOf(TEXTS.size(), TEXTS.size(), AnyFormatPropertyTest::text);
        @Nullable
        String attributes = choices.chance(4, 5)
                ? choices.oneOf(
                        "[]",
                        "[{\"trait_type\":\"a\",\"value\":1.50}]",
                        "[ {\"trait_type\":\"\\u00e9\",\"value\":true,\"display_type\":null} ]",
                        "{}",
                        "[{\"trait_type\":\"a\"}]")
                : null;
        @Nullable
        String updatedAt = choices.chance(2, 5)
                ? choices.oneOf("2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000000001+01:00", "2027-01-01T00:00:00Z")
                : null;
        return new Row(id, texts, attributes, updatedAt);
    }

    private static @Nullable String text(ChoiceSequence choices) {
        if (!choices.chance(7, 10)) {
            return null;
        }
        return choices.weighted(4, 1) == 0
                ? String.join("", choices.listOf(0, 8, each -> each.oneOf(PIECES)))
                : "w".repeat(choices.between(0, 17_000));
    }

    private static List<Row> rows(ChoiceSequence choices) {
        return choices.note("rows", choices.listOf(0, 12, AnyFormatPropertyTest::row));
    }

    private static byte[] written(List<Row> rows, BulkFileFormat format, boolean crLf) {
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

    private static byte[] inMembers(byte[] content, RandomGenerator random) {
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
    private static List<String> essence(List<BulkFileElement> elements) {
        return elements.stream()
                .map(element -> switch (element) {
                    case BulkFileElement.ValidToken(var position, var key, var updatedAt, var json) ->
                        position.element() + " " + key + " " + updatedAt + " " + json;
                    case BulkFileElement.RejectedElement(var position, var rejection, var tokenId, var _) ->
                        position.element() + " " + rejection.reason() + " " + tokenId;
                    case BulkFileElement.UnreadableRest broken -> broken.detail();
                })
                .toList();
    }

    @Test
    void readsTheSameTokensHoweverTheyAreWritten() {
        SeededProperty.of("the same tokens are read however they are written")
                .tries(300)
                .check(choices -> {
                    List<Row> rows = rows(choices);
                    boolean crLf = choices.note("crLf", choices.flip());
                    long seed = choices.between(0, Integer.MAX_VALUE);
                    var random = new Random(seed);
                    List<String> expected =
                            essence(BulkFiles.read(written(rows, BulkFileFormat.NDJSON, false), BulkFileFormat.NDJSON));
                    assertThat(expected).hasSameSizeAs(rows);

                    for (BulkFileFormat format : BulkFileFormat.values()) {
                        byte[] content = written(rows, format, crLf);
                        InputStream plain = NetworkStreams.uneven(content, 1 + random.nextInt(3_000), seed);
                        InputStream packed =
                                NetworkStreams.uneven(inMembers(content, random), 1 + random.nextInt(300), seed);

                        assertThat(essence(BulkFiles.read(plain, format, false, ElementPosition.START)))
                                .isEqualTo(expected);
                        assertThat(essence(BulkFiles.read(packed, format, true, ElementPosition.START)))
                                .isEqualTo(expected);
                    }
                });
    }

    @Test
    void resumesAfterAnyElement() {
        SeededProperty.of("reading resumes after any element").tries(100).check(choices -> {
            List<Row> rows = rows(choices);
            boolean crLf = choices.note("crLf", choices.flip());
            boolean gzip = choices.note("gzip", choices.flip());
            for (BulkFileFormat format : BulkFileFormat.values()) {
                byte[] content = written(rows, format, crLf);
                byte[] stored = gzip ? gzip(content) : content;
                List<BulkFileElement> all =
                        BulkFiles.read(new ByteArrayInputStream(stored), format, gzip, ElementPosition.START);

                for (int i = 0; i < all.size(); i++) {
                    ElementPosition after = all.get(i).position();
                    int from = BulkFileReader.startsAtOffset(format, gzip) ? (int) after.offset() : 0;
                    var rest = new ByteArrayInputStream(stored, from, stored.length - from);

                    List<BulkFileElement> others = BulkFiles.read(rest, format, gzip, after);

                    assertThat(BulkFiles.all(others))
                            .isEqualTo(BulkFiles.all(all).subList(i + 1, all.size()));
                }
            }
        });
    }
}
