package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.flow.LiveFigures;
import dev.nftrefresh.local.flow.WaitFigures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LoadLineTest {
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final LoadLine line = new LoadLine(() -> now);

    @Test
    void saysHowManyTokensWereReadHowFastAndHowLongTheRestTakes() {
        assertThat(line.reading(0, 1_000_000_000, 0, null))
                .isEqualTo("load [----------------]   0 %  0 tokens  0.0 MB/s  ? left");
        line.reading(10_000_000, 1_000_000_000, 9_000, null);
        now = now.plusSeconds(2);

        assertThat(line.reading(250_000_000, 1_000_000_000, 240_000, null))
                .isEqualTo("load [####------------]  25 %  240,000 tokens  120.0 MB/s  0:06 left");
    }

    @Test
    void saysHowManyTokensWereSentAndHowLongTheRestTakes() {
        line.sending(1, 1_000_000, null);
        now = now.plusSeconds(100);

        String said = line.sending(1_001, 1_000_000, null);

        assertThat(said)
                .isEqualTo("send [----------------]   0 %  1,001 of 1,000,000 tokens  10/s  27:44:59 left")
                .hasSizeLessThan(80);
    }

    @Test
    void theBarIsFullAtTheEnd() {
        line.reading(1, 50, 0, null);
        now = now.plusSeconds(1);

        assertThat(line.reading(50, 50, 7, null))
                .contains("[################] 100 %")
                .endsWith("0:00 left");
    }

    @Test
    void moreThanAllIsNotSaid() {
        assertThat(line.sending(8, 7, null)).contains("100 %  7 of 7 tokens");
    }

    @Test
    void aFileWithoutTokensHasNothingToSend() {
        assertThat(line.sending(0, 0, null)).isEqualTo("send [----------------]   0 %  0 of 0 tokens  0/s  ? left");
    }

    @Test
    void besideTheFileItSaysHowManyLiveUpdatesAreThroughAndHowLongTheyWaited() {
        assertThat(line.reading(10, 40, 20, new LiveFigures(1, 2, null)))
                .isEqualTo("load 25 %  20 tokens  0.0 MB/s  ? left  live 0/2");
        line.sending(1, 1_000_000, live(0, 0));
        now = now.plusSeconds(100);

        assertThat(line.sending(1_001, 1_000_000, live(1_200, 12_345)))
                .isEqualTo("send 0 %  1,001 of 1,000,000  27:44:59 left  live 1,200/12,345 p95 12.3 s")
                .hasSizeLessThan(80);
    }

    @Test
    void whenTheFileIsThroughOnlyLiveMessagesGoOn() {
        assertThat(line.onlyLive(live(30, 31))).isEqualTo("file done  live 30/31 p95 12.3 s");
    }

    private static LiveFigures live(int accepted, int sent) {
        Duration wait = Duration.ofMillis(12_345);
        return new LiveFigures(sent, sent, new WaitFigures(accepted, wait, wait, wait));
    }
}
