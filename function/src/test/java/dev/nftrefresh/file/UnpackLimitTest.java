package dev.nftrefresh.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class UnpackLimitTest {
    private static final int MIB = 1024 * 1024;

    private static long unpacked(byte[] packed, UnpackLimit limit) throws IOException {
        try (var gzip = new GzipInput(new CountingInput(new ByteArrayInputStream(packed)), limit)) {
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
    void letsSmallFilesAloneHoweverWellTheyArePacked() throws IOException {
        byte[] packed = Files.gzip(new byte[MIB]);

        assertThat(packed.length * 500).isLessThan(MIB);
        assertThat(unpacked(packed, new UnpackLimit(MIB, 500))).isEqualTo(MIB);
    }

    @Test
    void stopsAFileThatUnpacksToMuchMoreThanItsSize() {
        byte[] packed = Files.gzip(new byte[MIB + 1]);

        assertThatThrownBy(() -> unpacked(packed, new UnpackLimit(MIB, 500)))
                .isInstanceOf(BrokenContent.class)
                .hasMessageContaining("more than 500 times its size");
    }

    @Test
    void givesWhatItUnpackedBeforeItStops() throws IOException {
        byte[] packed = Files.gzip(new byte[3 * MIB]);
        try (var gzip = new GzipInput(new CountingInput(new ByteArrayInputStream(packed)), new UnpackLimit(MIB, 500))) {
            byte[] buffer = new byte[2 * MIB];

            assertThat(gzip.read(buffer, 0, buffer.length)).isEqualTo(buffer.length);
            assertThatThrownBy(() -> gzip.read(buffer, 0, buffer.length)).isInstanceOf(BrokenContent.class);
            assertThatThrownBy(() -> gzip.read(buffer, 0, buffer.length)).isInstanceOf(BrokenContent.class);
        }
    }

    @Test
    void holdsOverAllMembersTogether() {
        byte[] one = Files.gzip(new byte[MIB]);
        byte[] two = new byte[2 * one.length];
        System.arraycopy(one, 0, two, 0, one.length);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThatThrownBy(() -> unpacked(two, new UnpackLimit(MIB, 500))).isInstanceOf(BrokenContent.class);
        assertThatCode(() -> unpacked(two, new UnpackLimit(2 * MIB, 500))).doesNotThrowAnyException();
    }

    @Test
    void isWhereItSays() {
        var limit = new UnpackLimit(1_000, 5);

        assertThatCode(() -> limit.check(1_000, 1)).doesNotThrowAnyException();
        assertThatCode(() -> limit.check(1_005, 201)).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.check(1_001, 200)).isInstanceOf(BrokenContent.class);
        assertThat(UnpackLimit.OF_A_FILE).isEqualTo(new UnpackLimit(1_073_741_824, 500));
    }
}
