package dev.nftrefresh.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BaseTimeTest {
    /** S3 tells whole seconds. */
    private static final Instant UPLOADED = Instant.parse("2026-11-25T10:00:00Z");

    private static Instant base(@Nullable String updatedAt, @Nullable Instant toldAt, @Nullable Instant before)
            throws RefusedFile {
        var object = new StoredObject(InputStream.nullInputStream(), 1, UPLOADED, updatedAt);
        Progress progress = Progress.beginning(UPLOADED, "owner", UPLOADED.plusSeconds(60));
        return BaseTime.of(object, toldAt, before == null ? progress : progress.basedOn(before));
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
    void theLaterOfTwoUploadsWithinOneSecondHasTheLaterTime(Instant toldAt, Instant base) throws RefusedFile {
        assertThat(base(null, toldAt, null)).isEqualTo(base);
    }

    @Test
    void withoutTheNoticesTimeItIsThatOfTheUpload() throws RefusedFile {
        assertThat(base(null, null, null)).isEqualTo(UPLOADED);
    }

    @Test
    void theUploadersOwnTimeAndThatOfAnEarlierLegStandAsTheyAre() throws RefusedFile {
        Instant told = UPLOADED.plusMillis(5);

        assertThat(base("2026-11-23T10:00:00Z", told, null)).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(base(null, told, UPLOADED.plusMillis(7))).isEqualTo(UPLOADED.plusMillis(7));
    }
}
