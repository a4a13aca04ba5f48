package dev.nftrefresh.file;

import static dev.nftrefresh.file.Files.HEADER;
import static dev.nftrefresh.file.Files.gzip;
import static dev.nftrefresh.file.Files.said;
import static dev.nftrefresh.file.Files.token;
import static dev.nftrefresh.file.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TokenFileTest {
    private static byte[] content(BulkFormat format) {
        return utf8(
                switch (format) {
                    case NDJSON -> token("1") + "\n" + token("2") + "\n";
                    case JSON -> "[" + token("1") + "," + token("2") + "]";
                    case CSV -> HEADER + "\n1,,,,,,,\n2,,,,,,,\n";
                });
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,false", "NDJSON,true", "JSON,false", "JSON,true", "CSV,false", "CSV,true"})
    void passesOnThatTheStreamFailed(BulkFormat format, boolean gzip) throws IOException {
        byte[] stored = gzip ? gzip(content(format)) : content(format);
        try (TokenFile file = Files.open(Streams.failing(stored, stored.length - 9), format, gzip, Place.START)) {
            assertThatThrownBy(() -> {
                        while (file.next() != null) {}
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("The connection was cut.");
            assertThatThrownBy(file::next).hasMessage("The connection was cut.");
        }
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,false", "NDJSON,true", "JSON,false", "JSON,true", "CSV,false", "CSV,true"})
    void countsTheBytesOfTheStreamAsItIs(BulkFormat format, boolean gzip) throws IOException {
        byte[] stored = gzip ? gzip(content(format)) : content(format);
        try (TokenFile file = Files.open(new ByteArrayInputStream(stored), format, gzip, Place.START)) {
            assertThat(file.bytesRead()).isZero();
            while (file.next() != null) {}
            assertThat(file.next()).isNull();
            assertThat(file.bytesRead()).isEqualTo(stored.length);
        }
    }

    @ParameterizedTest
    @EnumSource(BulkFormat.class)
    void endsAfterItIsBroken(BulkFormat format) throws IOException {
        byte[] stored = gzip(content(format));
        try (TokenFile file =
                Files.open(new ByteArrayInputStream(stored, 0, stored.length - 1), format, true, Place.START)) {
            assertThat(file.next()).isInstanceOf(FileElement.Token.class);
            assertThat(file.next()).isInstanceOf(FileElement.Token.class);
            assertThat(file.next()).isInstanceOf(FileElement.Broken.class);
            assertThat(file.next()).isNull();
        }
    }

    @Test
    void closesItsStream() throws IOException {
        var closed = new AtomicBoolean();
        var in = new ByteArrayInputStream(gzip(content(BulkFormat.JSON))) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        Files.open(in, BulkFormat.JSON, true, Place.START).close();

        assertThat(closed).isTrue();
    }

    @Test
    void saysInOneSentenceThatItIsAnotherKindOfFile() {
        for (byte[] other : List.of(
                token("1").getBytes(StandardCharsets.UTF_16),
                ("\ufeff" + token("1")).getBytes(StandardCharsets.UTF_16LE),
                new byte[] {'P', 'K', 3, 4})) {
            for (BulkFormat format : BulkFormat.values()) {
                assertThat(said(Files.read(other, format))).containsExactly("1 broken");
            }
        }
    }

    /** Chunks are not written to again, so that a token stays what it was however much is read after it. */
    @Test
    void leavesTheTokensItGaveAsTheyWere() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(token(
                            Integer.toString(i), i % 1_000 == 7 ? "\"x\":\"" + "x".repeat(2_000_000) + '"' : "\"x\":1"))
                    .append('\n');
        }
        var tokens = new ArrayList<FileElement.Token>();
        for (FileElement element : Files.ndjson(text.toString())) {
            if (element instanceof FileElement.Token token) {
                tokens.add(token);
            }
        }

        assertThat(tokens)
                .hasSize(4_995)
                .allSatisfy(element -> assertThat(element.json())
                        .hasToString(token(element.key().tokenId(), "\"x\":1")));
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,2_100_000_000", "JSON,210_000_000", "CSV,210_000_000"})
    void letsALineOfAnyLengthStreamBy(BulkFormat format, String digits) {
        String open = switch (format) {
            case NDJSON -> "";
            case JSON -> "[\"";
            case CSV -> HEADER + "\n";
        };
        String close = switch (format) {
            case NDJSON -> "\n" + token("2");
            case JSON -> "\"," + token("2") + "]";
            case CSV -> "\n2,,,,,,,";
        };
        long length = Long.parseLong(digits.replace("_", ""));
        InputStream in = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(utf8(open)), Streams.repeating((byte) 'x', length)),
                new ByteArrayInputStream(utf8(close)));

        List<FileElement> elements = Files.read(in, format, false, Place.START);

        assertThat(said(elements)).containsExactly((format == BulkFormat.CSV ? 2 : 1) + " TOKEN_TOO_LARGE", "2");
        assertThat(((FileElement.Refused) elements.getFirst()).content()).hasSize(16 * 1024);
        assertThat(elements.getLast().place().offset()).isGreaterThan(length);
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,2100000000", "JSON,210000000", "CSV,210000000"})
    void letsABlankLineOfAnyLengthStreamBy(BulkFormat format, long length) {
        byte[] content = content(format);
        int first = new String(content, StandardCharsets.UTF_8).indexOf(format == BulkFormat.JSON ? "{" : "\n");
        InputStream in = new SequenceInputStream(
                new SequenceInputStream(
                        new ByteArrayInputStream(content, 0, first), new ByteArrayInputStream(utf8("\n"))),
                new SequenceInputStream(
                        Streams.repeating((byte) ' ', length),
                        new ByteArrayInputStream(content, first, content.length - first)));

        assertThat(said(Files.read(in, format, false, Place.START))).containsExactly("1", "2");
    }
}
