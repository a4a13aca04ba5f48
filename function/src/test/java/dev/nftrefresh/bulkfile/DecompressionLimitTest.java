package dev.nftrefresh.bulkfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DecompressionLimitTest {
    private static final int MIB = 1024 * 1024;

    private static long unpacked(byte[] packed, DecompressionLimit limit) throws IOException {
        try (var gzip =
                new MultiMemberGzipInputStream(new CountingInputStream(new ByteArrayInputStream(packed)), limit)) {
            long count = 0;
            byte[] buffer = new byte[8 * 1024];
            for (int read = gzip.read(buffer, 0, buffer.length);
                    read >= 0;
                    read = gzip.read(buffer, 0, buffer.length)) {
                count += read;
            }
            return count;
        }
    }

    @Test
    void exemptsSmallFilesHoweverWellTheyAreCompressed() throws IOException {
        byte[] packed = BulkFiles.gzip(new byte[MIB]);

        assertThat(packed.length * 500).isLessThan(MIB);
        assertThat(unpacked(packed, new DecompressionLimit(MIB, 500))).isEqualTo(MIB);
    }

    @Test
    void stopsAFileThatDecompressesToMuchMoreThanItsSize() {
        byte[] packed = BulkFiles.gzip(new byte[MIB + 1]);

        assertThatThrownBy(() -> unpacked(packed, new DecompressionLimit(MIB, 500)))
                .isInstanceOf(BrokenContentException.class)
                .hasMessageContaining("more than 500 times its size");
    }

    @Test
    void returnsWhatItDecompressedBeforeItStops() throws IOException {
        byte[] packed = BulkFiles.gzip(new byte[3 * MIB]);
        try (var gzip = new MultiMemberGzipInputStream(
                new CountingInputStream(new ByteArrayInputStream(packed)), new DecompressionLimit(MIB, 500))) {
            byte[] buffer = new byte[2 * MIB];

            assertThat(gzip.read(buffer, 0, buffer.length)).isEqualTo(buffer.length);
            assertThatThrownBy(() -> gzip.read(buffer, 0, buffer.length)).isInstanceOf(BrokenContentException.class);
            assertThatThrownBy(() -> gzip.read(buffer, 0, buffer.length)).isInstanceOf(BrokenContentException.class);
        }
    }

    @Test
    void appliesToAllMembersTogether() {
        byte[] one = BulkFiles.gzip(new byte[MIB]);
        byte[] two = new byte[2 * one.length];
        System.arraycopy(one, 0, two, 0, one.length);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThatThrownBy(() -> unpacked(two, new DecompressionLimit(MIB, 500)))
                .isInstanceOf(BrokenContentException.class);
        assertThatCode(() -> unpacked(two, new DecompressionLimit(2 * MIB, 500)))
                .doesNotThrowAnyException();
    }

    @Test
    void isWhereItSays() {
        var limit = new DecompressionLimit(1_000, 5);

        assertThatCode(() -> limit.check(1_000, 1)).doesNotThrowAnyException();
        assertThatCode(() -> limit.check(1_005, 201)).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.check(1_001, 200)).isInstanceOf(BrokenContentException.class);
        assertThat(DecompressionLimit.OF_A_FILE).isEqualTo(new DecompressionLimit(1_073_741_824, 500));
    }
}
