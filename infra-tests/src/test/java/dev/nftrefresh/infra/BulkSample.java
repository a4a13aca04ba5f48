package dev.nftrefresh.infra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A bulk file of a few tokens, and how it is made of them. */
record BulkSample(String file, List<String> ids, Function<List<String>, byte[]> form) {
    static final int TOKENS = 5;

    /** With what is easily lost between formats: a quote, a comma, a line break, null beside the empty text. */
    private static final String TOKEN = """
            {"token_id":"%s","name":"Épée, \\"rare\\"\\nof old","description":"","image":null,"external_url":null,\
            "animation_url":null,"youtube_url":null,"attributes":[{"trait_type":"Power","value":10}]}""";

    private static final String CSV_HEADER =
            "token_id,name,description,image,external_url,animation_url,youtube_url,attributes\r\n";
    private static final String CSV_RECORD = """
            %s,"Épée, ""rare""\nof old","",,,,,"[{""trait_type"":""Power"",""value"":10}]"\r
            """;

    /** One of each, and each with tokens of its own. */
    static List<BulkSample> ofEveryFormat() {
        return List.of(
                of("season.jsonl", 710_000, ids -> bytes(joined(ids, TOKEN, "\n"))),
                of("season.json", 711_000, ids -> bytes("[" + joined(ids, TOKEN, ",\n") + "]")),
                of("api-body.json.gz", 712_000, ids -> gzip("{\"nft_metadata\":[" + joined(ids, TOKEN, ",") + "]}")),
                of("season.csv.gz", 713_000, ids -> gzip(CSV_HEADER + joined(ids, CSV_RECORD, ""))),
                // Two exports put behind one another with `cat`, of which the second begins in the middle of a line.
                of(
                        "members.ndjson.gz",
                        714_000,
                        ids -> gzip(joined(ids, TOKEN, "\n").split("(?<=Épée)", 2))),
                // S3's notification has a key in which all of this is URL-encoded.
                of("soldes d'été/-50 % épées + (1).ndjson", 715_000, ids -> bytes(joined(ids, TOKEN, "\n"))));
    }

    private static BulkSample of(String name, int firstId, Function<List<String>, byte[]> form) {
        return new BulkSample(BulkBucket.FOLDER + name, UpdateMessages.ids(firstId, TOKENS), form);
    }

    void uploadTo(BulkBucket bucket) {
        bucket.upload(file, form.apply(ids), Map.of());
    }

    /** A token of any of them, as JSON. */
    static String token(String id) {
        return TOKEN.formatted(id);
    }

    private static String joined(List<String> ids, String form, String between) {
        return ids.stream().map(form::formatted).collect(Collectors.joining(between));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A member of each text. */
    private static byte[] gzip(String... texts) {
        var all = new ByteArrayOutputStream();
        for (String text : texts) {
            try (var member = new GZIPOutputStream(all)) {
                member.write(bytes(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toByteArray();
    }
}
