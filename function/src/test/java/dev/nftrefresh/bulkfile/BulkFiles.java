package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CollectionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bulk files in memory, and what is read of them. */
final class BulkFiles {
    static final CollectionId COLLECTION =
            new CollectionId("imtbl-zkevm-testnet", "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e");
    static final Instant EXPORTED_AT = Instant.parse("2026-11-23T10:00:00Z");
    static final String HEADER = "token_id,name,description,image,external_url,animation_url,youtube_url,attributes";

    private BulkFiles() {}

    /** A token with which nothing is wrong, to whose members these are added. */
    static String token(String id, String... members) {
        var text =
                new StringBuilder("{\"token_id\":\"" + id + "\",\"name\":\"Sword\",\"description\":null,\"image\":null,"
                        + "\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,\"attributes\":[]");
        for (String member : members) {
            text.append(',').append(member);
        }
        return text.append('}').toString();
    }

    /** A token of so many bytes. */
    static String tokenOfBytes(String id, int bytes) {
        String empty = token(id, "\"x\":\"\"");
        return token(id, "\"x\":\"" + "x".repeat(bytes - empty.length()) + '"');
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static BulkFileReader open(InputStream in, BulkFileFormat format, boolean gzip, ElementPosition after) {
        return BulkFileReader.open(in, format, gzip, COLLECTION, EXPORTED_AT, after);
    }

    static List<BulkFileElement> read(InputStream in, BulkFileFormat format, boolean gzip, ElementPosition after) {
        try (BulkFileReader file = open(in, format, gzip, after)) {
            var elements = new ArrayList<BulkFileElement>();
            for (BulkFileElement element = file.next(); element != null; element = file.next()) {
                elements.add(element);
            }
            return elements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<BulkFileElement> read(byte[] content, BulkFileFormat format) {
        return read(new ByteArrayInputStream(content), format, false, ElementPosition.START);
    }

    static List<BulkFileElement> ndjson(String content) {
        return read(utf8(content), BulkFileFormat.NDJSON);
    }

    static List<BulkFileElement> json(String content) {
        return read(utf8(content), BulkFileFormat.JSON);
    }

    static List<BulkFileElement> csv(String content) {
        return read(utf8(content), BulkFileFormat.CSV);
    }

    /** What became of each element, in few words: "1" for a token, "17 MALFORMED_JSON" for a refusal in that line. */
    static List<String> said(List<BulkFileElement> elements) {
        return elements.stream().map(BulkFiles::said).toList();
    }

    private static String said(BulkFileElement element) {
        return switch (element) {
            case BulkFileElement.ValidToken token -> token.key().tokenId();
            case BulkFileElement.RejectedElement refused ->
                refused.position().line() + " " + refused.rejection().reason();
            case BulkFileElement.UnreadableRest broken -> broken.position().line() + " broken";
        };
    }

    /** All that is known of each element. */
    static List<String> all(List<BulkFileElement> elements) {
        return elements.stream()
                .map(element -> switch (element) {
                    case BulkFileElement.RejectedElement(var position, var rejection, var tokenId, byte[] content) ->
                        position + " " + rejection + " " + tokenId + " "
                                + new String(content, StandardCharsets.ISO_8859_1);
                    case BulkFileElement.ValidToken token -> token.toString();
                    case BulkFileElement.UnreadableRest broken -> broken.toString();
                })
                .toList();
    }

    static String detail(@Nullable BulkFileElement element) {
        return switch (element) {
            case BulkFileElement.RejectedElement refused -> refused.rejection().detail();
            case BulkFileElement.UnreadableRest broken -> broken.detail();
            case null, default -> throw new AssertionError("Nothing is wrong with " + element);
        };
    }
}
