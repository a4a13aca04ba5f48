package dev.nftrefresh.bulkfile;

import static dev.nftrefresh.bulkfile.BulkFiles.gzip;
import static dev.nftrefresh.bulkfile.BulkFiles.token;
import static dev.nftrefresh.bulkfile.BulkFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was unpacked before a fault is given out, so that where a file breaks does not hang on how it is read. */
final class MultiMemberGzipInputStreamTest {
    /** What can be unpacked, packed bytes being there and unpacked ones being asked for in such portions. */
    private static byte[] unpacked(byte[] packed, int packedAtOnce, int atOnce) {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[atOnce];
        try (var gzip = new MultiMemberGzipInputStream(
                new CountingInputStream(NetworkStreams.trickling(packed, packedAtOnce)))) {
            for (int read = gzip.read(buffer, 0, atOnce); read >= 0; read = gzip.read(buffer, 0, atOnce)) {
                out.write(buffer, 0, read);
            }
        } catch (BrokenContentException _) {
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void assertSameInAnyPortions(byte[] packed, String what) {
        byte[] expected = unpacked(packed, 1, 1_000);
        assertThat(unpacked(packed, packed.length, 100_000)).as(what).isEqualTo(expected);
        assertThat(unpacked(packed, packed.length, 1)).as(what).isEqualTo(expected);
    }

    @Test
    void returnsAllBytesBeforeADamage() {
        byte[] content = utf8((token("1") + "\n").repeat(3) + "x".repeat(500));
        byte[] packed = gzip(content);

        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] flipped = packed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertSameInAnyPortions(flipped, "bit " + bit);
        }
    }

    @Test
    void returnsAllBytesBeforeATruncation() {
        byte[] content = utf8((token("1") + "\n").repeat(3) + "x".repeat(500));
        byte[] packed = gzip(content);

        for (int length = 1; length < packed.length; length++) {
            assertSameInAnyPortions(Arrays.copyOf(packed, length), length + " bytes");
        }
        assertThat(unpacked(Arrays.copyOf(packed, packed.length - 8), packed.length, 1))
                .isEqualTo(content);
    }
}
