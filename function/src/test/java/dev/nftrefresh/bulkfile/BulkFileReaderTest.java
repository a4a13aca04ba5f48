package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.HEADER;
import static dev.nftrefresh.bulkfile.BulkFiles.gzip;
import static dev.nftrefresh.bulkfile.BulkFiles.said;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
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

final class BulkFileReaderTest {
    private static byte[] content(BulkFileFormat format) {
        return utf8(
                switch (format) {
                    case NDJSON -> token("1") + "\n" + token("2") + "\n";
                    case JSON -> "[" + token("1") + "," + token("2") + "]";
                    case CSV -> HEADER + "\n1,,,,,,,\n2,,,,,,,\n";
                });
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,false", "NDJSON,true", "JSON,false", "JSON,true", "CSV,false", "CSV,true"})
    void passesOnThatTheStreamFailed(BulkFileFormat format, boolean gzip) throws IOException {
        byte[] stored = gzip ? gzip(content(format)) : content(format);
        try (BulkFileReader file = BulkFiles.open(
                NetworkStreams.failing(stored, stored.length - 9), format, gzip, ElementPosition.START)) {
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
    void countsTheBytesOfTheOriginalStream(BulkFileFormat format, boolean gzip) throws IOException {
        byte[] stored = gzip ? gzip(content(format)) : content(format);
        try (BulkFileReader file =
                BulkFiles.open(new ByteArrayInputStream(stored), format, gzip, ElementPosition.START)) {
            assertThat(file.bytesRead()).isZero();
            while (file.next() != null) {}
            assertThat(file.next()).isNull();
            assertThat(file.bytesRead()).isEqualTo(stored.length);
        }
    }

    @ParameterizedTest
    @EnumSource(BulkFileFormat.class)
    void endsAfterItIsBroken(BulkFileFormat format) throws IOException {
        byte[] stored = gzip(content(format));
        try (BulkFileReader file = BulkFiles.open(
                new ByteArrayInputStream(stored, 0, stored.length - 1), format, true, ElementPosition.START)) {
            assertThat(file.next()).isInstanceOf(BulkFileElement.ValidToken.class);
            assertThat(file.next()).isInstanceOf(BulkFileElement.ValidToken.class);
            assertThat(file.next()).isInstanceOf(BulkFileElement.UnreadableRest.class);
            assertThat(file.next()).isNull();
        }
    }

    @Test
    void closesItsStream() throws IOException {
        var closed = new AtomicBoolean();
        var in = new ByteArrayInputStream(gzip(content(BulkFileFormat.JSON))) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        BulkFiles.open(in, BulkFileFormat.JSON, true, ElementPosition.START).close();

        assertThat(closed).isTrue();
    }

    @Test
    void saysInOneSentenceThatItIsAnotherKindOfFile() {
        for (byte[] other : List.of(
                token("1").getBytes(StandardCharsets.UTF_16),
                ("\ufeff" + token("1")).getBytes(StandardCharsets.UTF_16LE),
                new byte[] {'P', 'K', 3, 4})) {
            for (BulkFileFormat format : BulkFileFormat.values()) {
                assertThat(said(BulkFiles.read(other, format))).containsExactly("1 broken");
            }
        }
    }

    /** Chunks are not written to again, so that a token stays what it was however much is read after it. */
    @Test
    void leavesReturnedTokensUnchanged() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(token(
                            Integer.toString(i), i % 1_000 == 7 ? "\"x\":\"" + "x".repeat(2_000_000) + '"' : "\"x\":1"))
                    .append('\n');
        }
        var tokens = new ArrayList<BulkFileElement.ValidToken>();
        for (BulkFileElement element : BulkFiles.ndjson(text.toString())) {
            if (element instanceof BulkFileElement.ValidToken token) {
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
    void skipsALineOfAnyLength(BulkFileFormat format, String digits) {
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
                new SequenceInputStream(
                        new ByteArrayInputStream(utf8(open)), NetworkStreams.repeating((byte) 'x', length)),
                new ByteArrayInputStream(utf8(close)));

        List<BulkFileElement> elements = BulkFiles.read(in, format, false, ElementPosition.START);

        assertThat(said(elements)).containsExactly((format == BulkFileFormat.CSV ? 2 : 1) + " TOKEN_TOO_LARGE", "2");
        assertThat(((BulkFileElement.RejectedElement) elements.getFirst()).content())
                .hasSize(16 * 1024);
        assertThat(elements.getLast().position().offset()).isGreaterThan(length);
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,2100000000", "JSON,210000000", "CSV,210000000"})
    void skipsABlankLineOfAnyLength(BulkFileFormat format, long length) {
        byte[] content = content(format);
        int first = new String(content, StandardCharsets.UTF_8).indexOf(format == BulkFileFormat.JSON ? "{" : "\n");
        InputStream in = new SequenceInputStream(
                new SequenceInputStream(
                        new ByteArrayInputStream(content, 0, first), new ByteArrayInputStream(utf8("\n"))),
                new SequenceInputStream(
                        NetworkStreams.repeating((byte) ' ', length),
                        new ByteArrayInputStream(content, first, content.length - first)));

        assertThat(said(BulkFiles.read(in, format, false, ElementPosition.START)))
                .containsExactly("1", "2");
    }
}
