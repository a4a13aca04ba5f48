package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.HEADER;
import static dev.nftrefresh.bulkfile.BulkFiles.detail;
import static dev.nftrefresh.bulkfile.BulkFiles.gzip;
import static dev.nftrefresh.bulkfile.BulkFiles.said;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipFileTest {
    private static final String CONTENT = token("1") + "\n" + token("2") + "\n" + token("3") + "\n";

    private static List<BulkFileElement> read(byte[] packed) {
        return read(new ByteArrayInputStream(packed));
    }

    private static List<BulkFileElement> read(InputStream packed) {
        return BulkFiles.read(packed, BulkFileFormat.NDJSON, true, ElementPosition.START);
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void returnsPositionsInTheDecompressedFile() {
        assertThat(BulkFiles.all(read(gzip(utf8(CONTENT))))).isEqualTo(BulkFiles.all(BulkFiles.ndjson(CONTENT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000_000})
    void readsAllMembersAlthoughNothingIsAvailableBetweenThem(int atOnce) {
        byte[] packed = joined(
                gzip(utf8(CONTENT.substring(0, 10))),
                gzip(new byte[0]),
                gzip(utf8(CONTENT.substring(10))),
                gzip(utf8("  ")));

        assertThat(said(read(NetworkStreams.trickling(packed, atOnce)))).containsExactly("1", "2", "3");
    }

    @Test
    void passesWhateverTheHeaderMayHold() {
        byte[] packed = gzip(utf8(CONTENT));
        byte[] header = Arrays.copyOf(packed, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] extra = {3, 0, 'a', 0, 'c'};
        byte[] rest = Arrays.copyOfRange(packed, 10, packed.length);

        assertThat(said(read(joined(header, extra, utf8("name\0"), utf8("comment\0"), new byte[2], rest))))
                .containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutContentHasNoElements(boolean packed) {
        assertThat(read(packed ? gzip(new byte[0]) : new byte[0])).isEmpty();
    }

    @Test
    void truncatedAnywhereIsBrokenButTheElementsBeforeAreValid() {
        byte[] packed = joined(gzip(utf8(token("1") + "\n")), gzip(utf8(CONTENT)));

        int goodBefore = 0;
        for (int length = 1; length < packed.length; length++) {
            List<BulkFileElement> elements = read(Arrays.copyOf(packed, length));
            if (length == gzip(utf8(token("1") + "\n")).length) {
                assertThat(said(elements)).containsExactly("1");
                continue;
            }
            assertThat(elements.getLast()).isInstanceOf(BulkFileElement.UnreadableRest.class);
            assertThat(detail(elements.getLast())).contains("the gzip is cut off");
            List<BulkFileElement> good = elements.subList(0, elements.size() - 1);
            assertThat(good).allSatisfy(element -> assertThat(element).isInstanceOf(BulkFileElement.ValidToken.class));
            assertThat(good).hasSizeGreaterThanOrEqualTo(goodBefore);
            assertThat(elements.getLast().position().element()).isEqualTo(good.size());
            goodBefore = good.size();
        }
        assertThat(goodBefore).isEqualTo(4);
    }

    @Test
    void withAnyBitFlippedIsBrokenOrTheSame() {
        byte[] packed = gzip(utf8(CONTENT));
        List<String> whole = BulkFiles.all(read(packed));

        for (int i = 0; i < packed.length * 8; i++) {
            byte[] flipped = packed.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);

            List<BulkFileElement> elements = read(flipped);

            assertThat(BulkFiles.all(elements).equals(whole)
                            || elements.getLast() instanceof BulkFileElement.UnreadableRest)
                    .as("bit " + i)
                    .isTrue();
        }
    }

    @Test
    void withADamagedBlockIsBrokenAfterTheLinesBeforeIt() {
        int count = 1_000;
        String content =
                IntStream.range(0, count).mapToObj(i -> token("" + i) + "\n").collect(Collectors.joining());

        List<BulkFileElement> elements = read(withoutAnEnd(utf8(content), new byte[] {7, -1, -1}));

        assertThat(elements).hasSize(count + 1);
        assertThat(elements.getLast()).isInstanceOf(BulkFileElement.UnreadableRest.class);
        assertThat(elements.getLast().position().line()).isEqualTo(count + 1);
        assertThat(detail(elements.getLast())).contains("invalid block type");
    }

    /** A gzip of whole blocks, none of which says that it is the last, and what follows them. */
    private static byte[] withoutAnEnd(byte[] content, byte[] rest) {
        byte[] header = Arrays.copyOf(gzip(content), 10);
        byte[] blocks = new byte[content.length + 100];
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(content);
            int length = deflater.deflate(blocks, 0, blocks.length, Deflater.SYNC_FLUSH);
            return joined(header, Arrays.copyOf(blocks, length), rest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, -4})
    void withAWrongChecksumOrLengthSaysThatEarlierTokensMayBeDamaged(int at) {
        byte[] packed = gzip(utf8(CONTENT));
        packed[packed.length + at]++;

        List<BulkFileElement> elements = read(packed);

        assertThat(said(elements)).containsExactly("1", "2", "3", "4 broken");
        assertThat(detail(elements.getLast()))
                .isEqualTo("From line 4 on the file cannot be read: the gzip is damaged (its checksum or length does "
                        + "not match), and what was read before may be damaged too; make the file again and upload "
                        + "it again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"more", "m", "\0\0more", "\0\u001f", "\u001fmore", "\n", "PK"})
    void withTrailingDataSaysThatAllTokensWereRead(String rest) {
        List<BulkFileElement> elements = read(joined(gzip(utf8(CONTENT)), utf8(rest)));

        assertThat(said(elements)).containsExactly("1", "2", "3", "4 broken");
        assertThat(detail(elements.getLast()))
                .isEqualTo("There is something after the end of the gzip that is not a gzip: all tokens before it "
                        + "were read; if there should be more, compress and upload the file again.");
    }

    @ParameterizedTest
    @EnumSource(names = {"NDJSON", "JSON"})
    void withTrailingDataIsReadToItsEndEvenWithoutALineEnd(BulkFileFormat format) {
        String content = format == BulkFileFormat.NDJSON
                ? token("1") + "\n" + token("2")
                : "[" + token("1") + "," + token("2") + "]";

        List<BulkFileElement> elements = BulkFiles.read(
                new ByteArrayInputStream(joined(gzip(utf8(content)), utf8("more"))),
                format,
                true,
                ElementPosition.START);

        assertThat(said(elements.subList(0, 2))).containsExactly("1", "2");
        assertThat(elements).hasSize(3);
        assertThat(detail(elements.getLast())).startsWith("There is something after the end of the gzip");
    }

    @Test
    void withTrailingDataDoesNotAcceptARecordWithoutALineEnd() {
        byte[] packed = joined(gzip(utf8(HEADER + "\n1,,,,,,,\n2,Sword,half of the descr,,,,,")), utf8("more"));

        List<BulkFileElement> elements =
                BulkFiles.read(new ByteArrayInputStream(packed), BulkFileFormat.CSV, true, ElementPosition.START);

        assertThat(said(elements)).containsExactly("1", "3 broken");
        assertThat(detail(elements.getLast()))
                .isEqualTo(
                        "From line 3 on the file cannot be read: nothing says whether the record that begins there is "
                                + "whole; compress and upload the file again (there is something after the end of the gzip that "
                                + "is not a gzip).");
    }

    @Test
    void withTrailingDataSaysSoIfAnElementIsIncomplete() {
        byte[] packed = joined(gzip(utf8("[" + token("1") + ",{\"a\":")), utf8("more"));

        List<BulkFileElement> elements =
                BulkFiles.read(new ByteArrayInputStream(packed), BulkFileFormat.JSON, true, ElementPosition.START);

        assertThat(said(elements)).containsExactly("1", "1 broken");
        assertThat(detail(elements.getLast()))
                .isEqualTo(
                        "From line 1 on the file cannot be read: the file ends in element 1 of the array, before its ]; "
                                + "write the whole file again (there is something after the end of the gzip that is not a "
                                + "gzip).");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 200_000})
    void paddedWithZerosIsWhole(int zeros) {
        byte[] packed = joined(gzip(utf8(CONTENT)), new byte[zeros]);

        assertThat(said(read(packed))).containsExactly("1", "2", "3");
        assertThat(said(read(NetworkStreams.trickling(packed, 1)))).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0", "text", "\u001f\u001f"})
    void thatIsNoGzipIsBroken(String content) {
        List<BulkFileElement> elements = read(utf8(content));

        assertThat(said(elements)).containsExactly("1 broken");
        assertThat(detail(elements.getFirst()))
                .isEqualTo("From line 1 on the file cannot be read: it is not a gzip, although its name ends in .gz; "
                        + "compress it with gzip.");
    }

    @Test
    void withoutItsEndingIsBrokenInOneSentence() {
        List<BulkFileElement> elements = BulkFiles.read(gzip(utf8(CONTENT)), BulkFileFormat.NDJSON);

        assertThat(said(elements)).containsExactly("1 broken");
        assertThat(detail(elements.getFirst())).contains("end the name in .gz");
    }
}
