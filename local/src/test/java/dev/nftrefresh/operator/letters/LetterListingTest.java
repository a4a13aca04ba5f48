package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.operator.TerminalOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

class LetterListingTest {
    private static final Instant MADE = Instant.parse("2026-11-20T08:00:00Z");

    private final LetterStage stage = new LetterStage();

    private QueueDepth letters() {
        return stage.depth(stage.queues.deadLetterQueueUrl());
    }

    @Test
    void lettersOfOneReasonAndCollectionAreAGroupWithTheFirstDetails() {
        Instant first = stage.clock.instant();
        for (int id = 0; id < 25; id++) {
            stage.letter("EXPIRED", id % 2 == 0 ? "live" : "bulk", LetterStage.messageOf(MADE, id));
            stage.clock.advance(Duration.ofMinutes(1));
        }
        stage.letter("INVALID_MESSAGE", "live", "{}");
        stage.moved(stage.queues.bulkQueueUrl(), LetterStage.notice(7), Map.of());

        LetterListing listing = stage.list(LetterFilter.ALL);

        assertThat(listing.read()).isEqualTo(27);
        assertThat(listing.groups())
                .extracting(group -> group.key().reason().name())
                .containsExactly("EXPIRED", "FILE_NOT_LOADED", "INVALID_MESSAGE");
        LetterGroup expired = listing.groups().getFirst();
        assertThat(expired.letters()).isEqualTo(25);
        assertThat(expired.tokens()).isEqualTo(25);
        assertThat(expired.firstSeen()).isEqualTo(first);
        assertThat(expired.keptUntil()).isEqualTo(first.plus(Duration.ofDays(14)));
        assertThat(expired.to()).containsExactly(LetterDestination.REFRESH, LetterDestination.BULK_REFRESH);
        assertThat(expired.details()).containsExactly("Because of EXPIRED.");
        assertThat(listing.groups().get(1).details())
                .containsExactly(
                        "s3://bucket/incoming/imtbl-zkevm-testnet/" + LetterStage.CONTRACT + "/season+7.ndjson");
    }

    @Test
    void eachLetterIsReadOnceAndCanBeReadAgainAtOnce() {
        IntStream.range(0, 45).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        var read = new ArrayList<String>();
        var listing = new LetterListing(stage.queues, LetterFilter.ALL);

        listing.read(stage.process(), stage.clock, letter -> read.add(letter.id()), () -> false, () -> {});

        assertThat(read).hasSize(45).doesNotHaveDuplicates();
        assertThat(letters()).isEqualTo(new QueueDepth(45, 0, 0));
        assertThat(stage.list(LetterFilter.ALL).read()).isEqualTo(45);
    }

    @Test
    void aMessageMovedBySqsHasNoReasonWhateverItsAttributesSay() {
        stage.moved(
                stage.queues.refreshQueueUrl(),
                LetterStage.message(1),
                Map.of("RejectReason", "EXPIRED", "RejectDetail", "It was moved back before."));

        LetterGroup group = stage.list(LetterFilter.ALL).groups().getFirst();

        assertThat(group.key().reason()).isEqualTo(LetterReason.NONE);
        assertThat(group.details()).isEmpty();
    }

    @Test
    void whenInterruptedItMakesTheReadLettersVisibleAgain() {
        IntStream.range(0, 45).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        FaultySqs process = stage.process();
        var listing = new LetterListing(stage.queues, LetterFilter.ALL);

        listing.read(process, stage.clock, _ -> {}, process.afterCalls(2), () -> {});

        assertThat(listing.interrupted()).isTrue();
        assertThat(listing.read()).isEqualTo(20);
        assertThat(letters()).isEqualTo(new QueueDepth(45, 0, 0));
    }

    @Test
    void aLetterThatCouldNotBeMadeVisibleIsReportedAndBecomesVisibleLater() {
        IntStream.range(0, 3).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.local.faults().failEntries("ChangeMessageVisibilityBatch", 1, true);

        LetterListing listing = stage.list(LetterFilter.ALL);

        assertThat(listing.hidden()).hasSize(1).containsValue(1L);
        assertThat(letters()).isEqualTo(new QueueDepth(2, 1, 0));
        stage.clock.advance(DeadLetterQueue.HIDDEN);
        assertThat(letters()).isEqualTo(new QueueDepth(3, 0, 0));
    }

    @Test
    void aFailedCallEndsItWithTheLettersReadSoFar() {
        IntStream.range(0, 15).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        var process = new FaultySqs(stage.sqs, 2, false, false, () -> stage.clock.advance(Duration.ofMillis(1)));
        var listing = new LetterListing(stage.queues, LetterFilter.ALL);

        listing.read(process, stage.clock, _ -> {}, () -> false, () -> {});

        assertThat(listing.failure()).isInstanceOf(SdkException.class);
        assertThat(listing.read()).isEqualTo(10);
        assertThat(letters()).isEqualTo(new QueueDepth(15, 0, 0));
    }

    @Test
    void readingEndsBeforeLettersAreReceivedTwice() {
        IntStream.range(0, 45).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        FaultySqs slow = FaultySqs.lasting(stage.sqs, () -> stage.clock.advance(Duration.ofMinutes(3)));
        var listing = new LetterListing(stage.queues, LetterFilter.ALL);

        listing.read(slow, stage.clock, _ -> {}, () -> false, () -> {});

        assertThat(listing.read()).isEqualTo(30);
        assertThat(listing.left().timeIsUp()).isTrue();
    }

    @Test
    void countsAreByReasonAndIncludeTheRest() {
        IntStream.range(0, 12).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.letter("WRONG_CHAIN", "live", LetterStage.messageOf(MADE, 99));
        stage.sqs.receiveMessage(
                call -> call.queueUrl(stage.queues.deadLetterQueueUrl()).maxNumberOfMessages(2));

        LetterCounts counts = LetterCounts.read(stage.process(), stage.queues, stage.clock, Duration.ofSeconds(5));

        assertThat(counts.byReason()).containsExactly(Map.entry("EXPIRED", 10L), Map.entry("WRONG_CHAIN", 1L));
        assertThat(counts.more()).isEqualTo(2);
        assertThat(counts.total()).isEqualTo(13);
        assertThat(letters()).isEqualTo(new QueueDepth(11, 2, 0));
    }

    @Test
    void theTextFitsANarrowTerminal() {
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        var narrow = new TerminalOutput(40, false, false, false);

        String text = new LetterListText("nft-refresh-sandbox", LetterFilter.ALL, stage.clock.instant(), narrow)
                .of(stage.list(LetterFilter.ALL));

        List<String> tooLong = text.lines()
                .filter(line -> line.length() > 40 && !line.contains(LetterStage.CONTRACT))
                .toList();
        assertThat(tooLong).isEmpty();
    }
}
