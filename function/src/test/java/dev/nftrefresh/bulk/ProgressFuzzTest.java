package dev.nftrefresh.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever is in the item of a load, it is read as a place in the file from which the load goes on. */
class ProgressFuzzTest {
    @FuzzTest
    void itemIsReadOrTheFileIsLoadedAnew(byte[] content) {
        Progress progress = Progress.of(new String(content, UTF_8));

        assertThat(progress.mark().after().line()).isNotNegative();
        assertThat(progress.mark().after().offset()).isNotNegative();
        assertThat(progress.mark().after().element()).isGreaterThanOrEqualTo(-1);
        assertThat(progress.messageEnd()).isGreaterThanOrEqualTo(-1);
        assertThat(progress.parts()).isNotNegative();
        assertThat(progress.partBytes()).isNotNegative();
        assertThat(Progress.of(progress.text())).isEqualTo(progress);
    }
}
