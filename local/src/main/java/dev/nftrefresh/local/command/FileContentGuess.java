package dev.nftrefresh.local.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file given to {@code run} looks like, if not like queue messages: all of it would be rejected. */
final class FileContentGuess {
    private static final JsonFactory JSON = new JsonFactory();
    /** Enough to see how a file begins, whatever it is. */
    private static final int BEGINNING = 64 * 1024;

    private FileContentGuess() {}

    /** A sentence that says which command is meant; null if the file may hold messages. */
    static @Nullable String of(Path file) throws IOException {
        // A pipe gives its beginning only once.
        if (!Files.isRegularFile(file)) {
            return null;
        }
        String begin = beginning(file);
        if (isBulk(file, begin)) {
            return file + " looks like a bulk file: it has tokens, not queue messages. To load it: ./nft-refresh load "
                    + file + " --chain imtbl-zkevm-testnet --contract ADDRESS";
        }
        if (firstFields(begin).equals(Set.of("body", "attributes"))) {
            return file + " looks like what --dead-letters writes. To queue the messages again: jq -r .body " + file
                    + " > messages.ndjson && ./nft-refresh run messages.ndjson";
        }
        return null;
    }

    private static boolean isBulk(Path file, String begin) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        Set<String> fields = firstFields(begin);
        return name.endsWith(".gz")
                || name.endsWith(".csv")
                || begin.startsWith("[")
                || fields.contains("token_id")
                || fields.equals(Set.of("nft_metadata"));
    }

    private static String beginning(Path file) throws IOException {
        var text = new char[BEGINNING];
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int length = Math.max(0, reader.read(text));
            String begin = new String(text, 0, length);
            return (begin.startsWith("\uFEFF") ? begin.substring(1) : begin).stripLeading();
        }
    }

    /** The names of the first object, as far as it is there. */
    private static Set<String> firstFields(String begin) {
        Set<String> fields = new HashSet<>();
        try (JsonParser json = JSON.createParser(begin)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.add(json.currentName());
                json.nextToken();
                json.skipChildren();
            }
        } catch (IOException _) {
            // What comes after the beginning, or is no JSON, tells nothing.
        }
        return fields;
    }
}
