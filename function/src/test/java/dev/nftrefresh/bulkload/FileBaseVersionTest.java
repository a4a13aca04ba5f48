package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileBaseVersionTest {
    /** S3 tells whole seconds. */
    private static final Instant UPLOADED = Instant.parse("2026-11-25T10:00:00Z");

    private static Instant base(@Nullable String updatedAt, @Nullable Instant notifiedAt, @Nullable Instant before)
            throws RefusedFileException {
        var object = new StoredObject(InputStream.nullInputStream(), 1, UPLOADED, updatedAt);
        BulkLoadProgress progress = BulkLoadProgress.beginning(UPLOADED, "owner", UPLOADED.plusSeconds(60));
        return FileBaseVersion.of(object, notifiedAt, before == null ? progress : progress.basedOn(before));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T10:00:00.000Z,2026-11-25T10:00:00.000Z",
        "2026-11-25T10:00:00.123Z,2026-11-25T10:00:00.123Z",
        "2026-11-25T10:00:00.999Z,2026-11-25T10:00:00.999Z",
        "2026-11-25T10:00:01.000Z,2026-11-25T10:00:00.999Z",
        "2026-11-25T10:01:00.000Z,2026-11-25T10:00:00.999Z",
        "2026-11-25T10:01:00.001Z,2026-11-25T10:00:00Z",
        "2026-11-25T09:59:59.999Z,2026-11-25T10:00:00Z",
    })
    void theLaterOfTwoUploadsWithinOneSecondHasTheLaterTime(Instant notifiedAt, Instant base)
            throws RefusedFileException {
        assertThat(base(null, notifiedAt, null)).isEqualTo(base);
    }

    @Test
    void withoutTheNotificationsTimeItIsThatOfTheUpload() throws RefusedFileException {
        assertThat(base(null, null, null)).isEqualTo(UPLOADED);
    }

    @Test
    void theUploadersOwnTimeAndThatOfAnEarlierRunAreKept() throws RefusedFileException {
        Instant reported = UPLOADED.plusMillis(5);

        assertThat(base("2026-11-23T10:00:00Z", reported, null)).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(base(null, reported, UPLOADED.plusMillis(7))).isEqualTo(UPLOADED.plusMillis(7));
    }
}
