package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.flow.LiveSummary;
import dev.nftrefresh.local.flow.WaitStatistics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoadProgressLineTest {
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final LoadProgressLine line = new LoadProgressLine(() -> now);

    private String reading(long position, long size, long read, @Nullable LiveSummary live) {
        return line.reading(position, size, read, live).fit(80);
    }

    private String sending(long through, long queued, @Nullable LiveSummary live) {
        var standing = new RunStatus(null, null, null, null, now);
        return line.sending(through, queued, 0, live, standing).fit(80);
    }

    @Test
    void saysHowManyTokensWereReadHowFastAndHowLongTheRestTakes() {
        assertThat(reading(0, 1_000_000_000, 0, null))
                .isEqualTo("load [----------------]   0 %  0 tokens  0.0 MB/s  ? left");
        reading(10_000_000, 1_000_000_000, 9_000, null);
        now = now.plusSeconds(2);

        assertThat(reading(250_000_000, 1_000_000_000, 240_000, null))
                .isEqualTo("load [####------------]  25 %  240,000 tokens  120.0 MB/s  0:07 left");
    }

    @Test
    void saysHowManyTokensWereSentAndHowLongTheRestTakes() {
        sending(1, 1_000_000, null);
        now = now.plusSeconds(100);

        String said = sending(1_001, 1_000_000, null);

        assertThat(said)
                .isEqualTo("send [----------------]   0 %  1,001 of 1,000,000  10/s  27:45:00 left")
                .hasSizeLessThan(80);
    }

    @Test
    void theBarIsFullAtTheEnd() {
        reading(1, 50, 0, null);
        now = now.plusSeconds(1);

        assertThat(reading(50, 50, 7, null))
                .contains("[################] 100 %")
                .endsWith("0:00 left");
    }

    @Test
    void moreThanAllIsNotSaid() {
        assertThat(sending(8, 7, null)).contains("100 %  7 of 7");
    }

    @Test
    void aFileWithoutTokensHasNothingToSend() {
        assertThat(sending(0, 0, null)).isEqualTo("send [----------------]   0 %  0 of 0  0/s  ? left");
    }

    @Test
    void besideTheFileItSaysHowManyLiveUpdatesAreAcceptedAndHowLongTheyWaited() {
        assertThat(reading(10, 40, 20, new LiveSummary(1, 2, null)))
                .isEqualTo("load 25 %  20 tokens  0.0 MB/s  ? left  live 0/2");
        sending(1, 1_000_000, live(0, 0));
        now = now.plusSeconds(100);

        assertThat(sending(1_001, 1_000_000, live(1_200, 12_345)))
                .isEqualTo("send 0 %  1,001 of 1,000,000  27:45:00 left  live 1,200/12,345 p95 12.3 s")
                .hasSizeLessThan(80);
    }

    @Test
    void whenTheFileIsDoneOnlyLiveMessagesContinue() {
        assertThat(line.onlyLive(live(30, 31)).fit(80)).isEqualTo("file done  live 30/31 p95 12.3 s");
    }

    private static LiveSummary live(int accepted, int sent) {
        Duration wait = Duration.ofMillis(12_345);
        return new LiveSummary(sent, sent, new WaitStatistics(accepted, wait, wait, wait));
    }

    @Test
    void inAsFewAsFortyColumnsTheTimeLeftIsStillThere() {
        line.reading(1, 1_000_000_000, 0, null);
        now = now.plusSeconds(2);

        assertThat(line.reading(250_000_001, 1_000_000_000, 240_000, null).fit(39))
                .isEqualTo("load 25 %  240,000 tokens  0:06 left");
    }
}
