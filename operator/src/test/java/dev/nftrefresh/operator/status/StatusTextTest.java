package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-11-30T14:37:00Z");
    private static final TerminalOutput WIDE = new TerminalOutput(80, false, false, false);
    private static final RateLimiterStatus QUOTA = new RateLimiterStatus(
            677L,
            12L,
            NOW.minusSeconds(20),
            Instant.parse("2026-11-30T15:00:00Z"),
            Instant.parse("2026-11-30T14:00:00Z"),
            null,
            false,
            0,
            null,
            NOW.minusSeconds(20));

    private static StackStatus busy() {
        return new StackStatus(
                "nft-refresh-production",
                "production",
                NOW,
                false,
                List.of(
                        new QueueStatus(QueueStatus.Queue.LIVE, 12_400, 80, 0, Duration.ofMinutes(130), 1_000L, 4_160L),
                        new QueueStatus(QueueStatus.Queue.BULK, 0, 0, 0, Duration.ofMinutes(7), 0L, 0L),
                        new QueueStatus(QueueStatus.Queue.FILES, 1, 0, 0, null, null, null)),
                QUOTA,
                120L,
                164_120L,
                39.45,
                new DeadLetterCounts(3, 0, Map.of("INVALID_TOKEN", 3L)),
                new BulkFileReports.Found(
                        List.of(new BulkFileStatus(
                                "imtbl-zkevm-mainnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/season.ndjson",
                                "running",
                                120_000,
                                2,
                                80_000L,
                                80_100L)),
                        0),
                List.of(),
                List.of(new OperatorConcern(
                        "dead-letters",
                        Instant.parse("2026-11-30T12:12:00Z"),
                        "The dead-letter queue is not empty: updates were rejected and will not reach Immutable by"
                                + " themselves. Read their RejectReason, fix the cause, send them again.",
                        true)));
    }

    private static StackStatus idle(boolean paused) {
        var nothing = new RateLimiterStatus(null, null, null, null, null, null, false, 0, null, null);
        return new StackStatus(
                "nft-refresh-sandbox",
                "sandbox",
                NOW,
                paused,
                List.of(new QueueStatus(QueueStatus.Queue.LIVE, 0, 0, 0, null, null, null)),
                nothing,
                null,
                null,
                null,
                new DeadLetterCounts(0, 0, Map.of()),
                new BulkFileReports.Found(List.of(), 0),
                List.of(),
                List.of());
    }

    /** After a redrive the alarm lags behind its queue. */
    private static StackStatus redriven() {
        StackStatus idle = idle(false);
        return new StackStatus(
                idle.stack(),
                idle.environment(),
                idle.at(),
                idle.paused(),
                idle.queues(),
                idle.quota(),
                null,
                null,
                null,
                idle.deadLetters(),
                idle.files(),
                List.of(new EndingAlarm("dead-letters", Instant.parse("2026-11-30T12:12:00Z"), Duration.ofMinutes(10))),
                idle.concerns());
    }

    @Test
    void isWellWhileAnAlarmIsStillOnThoughItsQueueIsEmpty() {
        assertThat(redriven().isWell()).isTrue();
        assertThat(StatusText.of(redriven(), WIDE))
                .startsWith("nft-refresh-sandbox (sandbox) is well.\n")
                .contains("""
                        Dead letters  none
                        Alarm         dead-letters is still on, since 12:12 UTC, 2 h 25 min ago, though
                                      its queue is empty now; it ends by itself within 10 minutes

                        """);
        assertThat(StatusJson.of(redriven()).path("alarms_ending").toString())
                .isEqualTo("[{\"name\":\"dead-letters\",\"since\":\"2026-11-30T12:12:00Z\",\"within_seconds\":600}]");
    }

    @Test
    void saysFirstWhatNeedsActionAndThenHowMuchWaitsAndUntilWhen() {
        assertThat(StatusText.of(busy(), WIDE)).isEqualTo("""
                        nft-refresh-production (production) needs you: 1 thing.

                        ! dead-letters, since 12:12 UTC, 2 h 25 min ago
                          The dead-letter queue is not empty: updates were rejected and will not reach
                          Immutable by themselves. Read their RejectReason, fix the cause, send them
                          again.
                          docs/operations.md#dead-letters

                        Processing    enabled
                        Quota         12 of 677 requests left; full again at 15:00 UTC, in 23 min;
                                      others seem to have spent about 120 of it
                        Immutable     accepted a request at 14:36 UTC, 20 s ago
                        Accepted      164,120 updates in the last hour
                        Through       live updates: 12,480 messages (about 490,000 tokens), about 17:37
                                      UTC, in 3 h, at 4,160 of them done in the last hour
                        Through       files to load: 1 file, nobody knows when: none was done in the
                                      last hour
                        Dead letters  3 messages (3 INVALID_TOKEN)

                        Messages        waiting   parked or in flight   delayed       oldest
                        live updates     12,400                    80         0   2 h 10 min
                        bulk updates          0                     0         0            -
                        files to load         1                     0         0            -

                        Files
                        imtbl-zkevm-mainnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/season.ndjson
                          being loaded, 120,000 tokens queued, 2 refused, 80,000 accepted, 39,900 still
                          wait
                        """);
    }

    @Test
    void fitsATerminalOf40Columns() {
        assertThat(StatusText.of(busy(), new TerminalOutput(40, false, false, false))
                        .lines())
                .filteredOn(line -> !line.startsWith("imtbl-")) // a name is one word
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    @Test
    void saysThatEverythingIsAllRightAndWhatIsNotKnownYet() {
        assertThat(StatusText.of(idle(false), WIDE))
                .startsWith("nft-refresh-sandbox (sandbox) is well.\n")
                .contains("Quota         not known: no answer of Immutable has told it yet\n");
        assertThat(StatusText.of(idle(true), WIDE))
                .startsWith("nft-refresh-sandbox (sandbox) is well, and paused.\n")
                .contains("Processing    paused: updates wait until you resume, for up to 14 days\n");
    }

    @Test
    void estimatesNoTokensWhereNoMetricTellsAnyAndNoneOfFiles() {
        assertThat(idle(false).estimatedTokens(busy().queues().getFirst())).isNull();
        assertThat(busy().estimatedTokens(busy().queues().getLast())).isNull();
    }

    @Test
    void isDrawnInThePlaceOfTheOneBeforeOnATerminalAlone() {
        var terminal = new TerminalOutput(40, false, true, true);
        String end = "\nAs of 14:37:00 UTC. Shown again every 15\ns; Ctrl-C ends it.\n";

        assertThat(WatchedStatus.of(busy(), null, Duration.ofSeconds(15), terminal))
                .isEqualTo("\u001b[H\u001b[J" + StatusText.of(busy(), terminal) + end);
        assertThat(WatchedStatus.of(busy(), null, Duration.ofSeconds(15), WIDE))
                .startsWith("nft-refresh-production (production) needs you")
                .endsWith("\nAs of 14:37:00 UTC. Shown again every 15 s; Ctrl-C ends it.\n\n")
                .doesNotContain("\u001b");
    }

    @Test
    void keepsTheLastStatusOnViewWhereThereIsNoNewerOne() {
        var failure = new OperatorException("AWS throttled sqs:GetQueueAttributes.");

        assertThat(WatchedStatus.of(busy(), failure, Duration.ofSeconds(15), WIDE))
                .contains("12 of 677 requests left")
                .endsWith("""

                        No newer figures: AWS throttled sqs:GetQueueAttributes.
                        As of 14:37:00 UTC. Shown again every 15 s; Ctrl-C ends it.

                        """);
    }

    @Test
    void printsTheSameForScripts() throws IOException {
        String example = Files.readString(Path.of("src/test/resources/status.json"));

        assertThat(StatusJson.of(busy()).toPrettyString()).isEqualTo(example.strip());
    }
}
