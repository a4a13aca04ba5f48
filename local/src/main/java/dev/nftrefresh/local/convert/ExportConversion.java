package dev.nftrefresh.local.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.nftrefresh.update.CheckedToken;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.SingleTokenReader;
import dev.nftrefresh.update.SourcePosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes each document of an export as a line of a bulk file, unless {@code check} would refuse it. */
final class ExportConversion {
    /** An emoji as it is: two escapes in its place are twelve bytes of the 16 KiB that a token may have. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** What is checked holds in every collection. */
    private static final CollectionId ANY_COLLECTION =
            new CollectionId("imtbl-zkevm-testnet", "0x0000000000000000000000000000000000000000");

    private final ConversionChanges changes;
    private final TokenConversion tokens;
    private final SingleTokenReader check;
    private final OutputStream out;
    private long documents;
    private long written;

    ExportConversion(TokenConversion tokens, ConversionChanges changes, Instant now, OutputStream out) {
        this.tokens = tokens;
        this.changes = changes;
        check = new SingleTokenReader(ANY_COLLECTION, now);
        this.out = out;
    }

    void convert(ExportDocument document) throws IOException {
        changes.at(document.place());
        if (document.fileId() != null && !DIGITS.matcher(document.fileId()).matches()) {
            changes.made("a file left out: its name is no token id");
            return;
        }
        documents++;
        byte[] line;
        try {
            line = line(tokens.convert(document));
        } catch (UnconvertibleException e) {
            changes.refused(String.valueOf(e.getMessage()));
            return;
        }
        switch (check.read(line, 0, line.length, "", new SourcePosition(1, 1))) {
            case CheckedToken.Valid _ -> {
                out.write(line);
                out.write('\n');
                written++;
            }
            case CheckedToken.Invalid(var rejection, var tokenId) -> changes.refused(kind(rejection.detail(), tokenId));
        }
    }

    /** The sentence without the token, so that equal faults are one kind. */
    private static String kind(String detail, String tokenId) {
        return detail.replace("Token " + tokenId + " ()", "a token").replace("The token ()", "a token");
    }

    private static byte[] line(JsonValue token) throws IOException {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(line)) {
            token.write(generator);
        }
        return line.toByteArray();
    }

    String summary() {
        if (documents == 0) {
            return "There is no document to convert; name an export that has some.";
        }
        return String.format(
                Locale.ROOT,
                "%,d documents read: %,d tokens written, %,d not converted.",
                documents,
                written,
                documents - written);
    }

    boolean isComplete() {
        return written == documents && written > 0;
    }
}
