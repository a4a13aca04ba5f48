package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.sqs.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

class DeadLetterRedriveTest {
    private static final Instant MADE = Instant.parse("2026-11-20T08:00:00Z");

    private final LetterStage stage = new LetterStage();

    private List<String> bodies(String queueUrl) {
        return stage.take(queueUrl).stream().map(Message::body).toList();
    }

    private void someTimePasses() {
        stage.clock.advance(Duration.ofMinutes(5));
    }

    @Test
    void eachLetterReturnsToTheQueueThatItCameFromAndIsDeleted() {
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        stage.letter("COLLECTION_NOT_FOUND", "bulk", LetterStage.messageOf(MADE, 2));
        stage.moved(stage.queues.refreshQueueUrl(), LetterStage.messageOf(MADE, 3), Map.of());
        stage.moved(stage.queues.bulkRefreshQueueUrl(), LetterStage.messageOf(MADE, 4), Map.of());
        stage.moved(stage.queues.bulkQueueUrl(), LetterStage.notice(5), Map.of());
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.letters()).isEqualTo(5);
        assertThat(bodies(stage.queues.refreshQueueUrl()))
                .containsExactlyInAnyOrder(LetterStage.messageOf(MADE, 1), LetterStage.messageOf(MADE, 3));
        assertThat(bodies(stage.queues.bulkRefreshQueueUrl()))
                .containsExactlyInAnyOrder(LetterStage.messageOf(MADE, 2), LetterStage.messageOf(MADE, 4));
        assertThat(bodies(stage.queues.bulkQueueUrl())).containsExactly(LetterStage.notice(5));
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl()).total()).isZero();
        assertThat(stage.depth(stage.queues.bulkDeadLetterQueueUrl()).total()).isZero();
        assertThat(result.left().isNothing()).isTrue();
    }

    @Test
    void aLetterWithoutALaneGoesToTheRefreshQueue() {
        stage.send(
                stage.queues.deadLetterQueueUrl(),
                LetterStage.messageOf(MADE, 1),
                Map.of("RejectReason", "EXPIRED")); // of the release before letters named their lane
        someTimePasses();

        stage.redrive(LetterFilter.ALL);

        assertThat(bodies(stage.queues.refreshQueueUrl())).containsExactly(LetterStage.messageOf(MADE, 1));
    }

    @Test
    void onlyLettersWithoutALaneGoWhereTheOperatorSaysThatTheyCameFrom() {
        stage.send(
                stage.queues.deadLetterQueueUrl(),
                LetterStage.messageOf(MADE, 1),
                Map.of("RejectReason", "EXPIRED")); // of the release before letters named their lane
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 2));
        stage.letter("EXPIRED", "bulk", LetterStage.messageOf(MADE, 3));
        stage.moved(stage.queues.refreshQueueUrl(), LetterStage.messageOf(MADE, 4), Map.of());
        stage.moved(stage.queues.bulkQueueUrl(), LetterStage.notice(5), Map.of());
        someTimePasses();

        stage.redrive(LetterFilter.ALL, LetterDestination.BULK_REFRESH, stage.process());

        assertThat(bodies(stage.queues.bulkRefreshQueueUrl()))
                .containsExactlyInAnyOrder(LetterStage.messageOf(MADE, 1), LetterStage.messageOf(MADE, 3));
        assertThat(bodies(stage.queues.refreshQueueUrl()))
                .containsExactlyInAnyOrder(LetterStage.messageOf(MADE, 2), LetterStage.messageOf(MADE, 4));
        assertThat(bodies(stage.queues.bulkQueueUrl())).containsExactly(LetterStage.notice(5));
    }

    @Test
    void aMessageMovedBySqsKeepsItsSendTimeAsItsVersion() {
        Instant sent = stage.clock.instant();
        stage.moved(stage.queues.refreshQueueUrl(), LetterStage.message(1), Map.of());
        stage.clock.advance(Duration.ofDays(2));

        stage.redrive(LetterFilter.ALL);

        assertThat(bodies(stage.queues.refreshQueueUrl())).containsExactly(LetterStage.messageOf(sent, 1));
    }

    @Test
    void aBodyThatWasRefusedWholeKeepsTheTimeOfItsFirstSending() {
        Instant sent = stage.clock.instant().minusSeconds(3_600);
        stage.letter("INVALID_MESSAGE", "live", LetterStage.message(1));
        someTimePasses();

        stage.redrive(new LetterFilter(new LetterReason("INVALID_MESSAGE"), null));

        assertThat(bodies(stage.queues.refreshQueueUrl())).containsExactly(LetterStage.messageOf(sent, 1));
    }

    @Test
    void aLetterSentBackHasNothingThatWouldMakeItExpireAgain() {
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        stage.moved(
                stage.queues.refreshQueueUrl(),
                LetterStage.messageOf(MADE, 2),
                Map.of("FirstSentAt", "1", "Attempts", "949", "SendAlone", "x", "Producer", "game-1"));
        someTimePasses();

        stage.redrive(LetterFilter.ALL);

        Map<String, Object> attributes = stage.take(stage.queues.refreshQueueUrl()).stream()
                .collect(Collectors.toMap(
                        Message::body, message -> message.messageAttributes().keySet()));
        assertThat(attributes)
                .containsEntry(LetterStage.messageOf(MADE, 1), Set.of("RejectReason"))
                .containsEntry(LetterStage.messageOf(MADE, 2), Set.of("Producer"));
    }

    @Test
    void mistakesOfProducersAreSentOnlyIfTheirReasonIsGiven() {
        stage.letter("MALFORMED_JSON", "live", "nonsense");
        stage.letter("INVALID_TOKEN", "live", LetterStage.messageOf(MADE, 1));
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 2));
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.letters()).isEqualTo(1);
        assertThat(result.stayed().values()).containsExactly(1L, 1L);
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(2, 0, 0));

        stage.redrive(new LetterFilter(new LetterReason("MALFORMED_JSON"), null));

        assertThat(bodies(stage.queues.refreshQueueUrl())).containsExactly(LetterStage.messageOf(MADE, 2), "nonsense");
    }

    @Test
    void onlyTheLettersOfAContractAreSent() {
        String other = LetterStage.messageOf(MADE, 2).replace(LetterStage.CONTRACT, LetterStage.OTHER_CONTRACT);
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        stage.letter("EXPIRED", "live", other);
        stage.moved(stage.queues.bulkQueueUrl(), LetterStage.notice(3), Map.of());
        someTimePasses();

        RedriveResult result = stage.redrive(new LetterFilter(
                null, LetterStage.OTHER_CONTRACT.toUpperCase(Locale.ROOT).replace("0X", "0x")));

        assertThat(result.letters()).isEqualTo(1);
        assertThat(result.unmatchedLetters()).isEqualTo(2);
        assertThat(bodies(stage.queues.refreshQueueUrl())).containsExactly(other);
        assertThat(stage.depth(stage.queues.bulkDeadLetterQueueUrl())).isEqualTo(new QueueDepth(1, 0, 0));
    }

    @Test
    void aDryRunChangesNothingAndSaysTheSame() {
        IntStream.range(0, 25).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        someTimePasses();

        RedriveResult dry = stage.dryRun(LetterFilter.ALL);

        assertThat(dry.letters()).isEqualTo(25);
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(25, 0, 0));
        assertThat(stage.depth(stage.queues.refreshQueueUrl()).total()).isZero();
        assertThat(stage.redrive(LetterFilter.ALL).went()).isEqualTo(dry.went());
    }

    @Test
    void lettersThatReturnMeanwhileAreNotSentAgain() {
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 2));
        someTimePasses();
        FaultySqs process = FaultySqs.lasting(stage.sqs, () -> {
            stage.clock.advance(Duration.ofMillis(10));
            // The function refuses each again at once.
            stage.take(stage.queues.refreshQueueUrl())
                    .forEach(message -> stage.letter("EXPIRED", "live", message.body()));
        });

        RedriveResult result = stage.redrive(LetterFilter.ALL, process);

        assertThat(result.letters()).isEqualTo(2);
        assertThat(result.stayed())
                .containsExactly(
                        Map.entry(new RedriveResult.Stayed(new LetterReason("EXPIRED"), StayReason.ARRIVED_LATER), 2L));
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(2, 0, 0));
    }

    @Test
    void lettersThatSqsDoesNotAcceptStayAndTheRestAreSent() {
        IntStream.range(0, 5).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.local.faults().failEntries("SendMessageBatch", 1, true, entry -> entry.contains("\"token_id\":\"3\""));
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.letters()).isEqualTo(4);
        assertThat(result.unsent()).hasSize(1).containsValue(1L);
        assertThat(bodies(stage.queues.refreshQueueUrl())).hasSize(4);
        assertThat(bodies(stage.queues.deadLetterQueueUrl())).containsExactly(LetterStage.messageOf(MADE, 3));
    }

    @Test
    void anEntryThatFailsThroughNoFaultOfOursIsSentAgain() {
        IntStream.range(0, 5).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.local.faults().failEntries("SendMessageBatch", 2, false);
        stage.local.faults().failEntries("DeleteMessageBatch", 2, false);
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.unsent()).isEmpty();
        assertThat(result.undeleted()).isEmpty();
        assertThat(bodies(stage.queues.refreshQueueUrl())).hasSize(5).doesNotHaveDuplicates();
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl()).total()).isZero();
    }

    @Test
    void aLetterThatCouldNotBeDeletedIsReportedAndVisibleAtOnce() {
        stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, 1));
        stage.local.faults().failEntries("DeleteMessageBatch", 1, true);
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.undeleted()).hasSize(1).containsValue(1L);
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(1, 0, 0));
    }

    @Test
    void aFailedCallEndsItAndMakesTheReadLettersVisibleAgain() {
        IntStream.range(0, 15).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.local.faults().failCalls("SendMessageBatch", 1);
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.failure()).isInstanceOf(SdkException.class);
        assertThat(result.letters()).isZero();
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(15, 0, 0));
        assertThat(stage.redrive(LetterFilter.ALL).letters()).isEqualTo(15);
    }

    @Test
    void aFailedCallAmongSeveralDoesNotSendAgainWhatWentBefore() {
        String filler = "x".repeat(400 * 1024);
        IntStream.range(0, 6)
                .forEach(id -> stage.letter(
                        "TOKEN_TOO_LARGE",
                        "live",
                        LetterStage.messageOf(MADE, id).replace("Sword", filler)));
        someTimePasses();
        // Two of them fill a call.
        FaultySqs process = stage.process();
        stage.local.faults().failEntries("SendMessageBatch", 1, true, entry -> entry.contains("\"token_id\":\"2\""));

        RedriveResult result = stage.redrive(LetterFilter.ALL, process);

        assertThat(result.letters()).isEqualTo(5);
        assertThat(bodies(stage.queues.refreshQueueUrl())).hasSize(5);
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl()).total()).isEqualTo(1);
    }

    @Test
    void whenInterruptedItKeepsUnsentLetters() {
        IntStream.range(0, 35).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        someTimePasses();
        FaultySqs process = stage.process();

        RedriveResult result = new DeadLetterRedrive(
                        process,
                        stage.queues,
                        LetterFilter.ALL,
                        LetterDestination.REFRESH,
                        stage.clock,
                        false,
                        process.afterCalls(5))
                .run(_ -> {});

        assertThat(result.interrupted()).isTrue();
        assertThat(result.letters()).isEqualTo(10);
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl())).isEqualTo(new QueueDepth(25, 0, 0));
        assertThat(bodies(stage.queues.refreshQueueUrl())).hasSize(10);
    }

    @Test
    void aLetterTooLargeForItsQueueIsSentInTwoHalves() {
        String tokens = IntStream.range(0, 5_700).mapToObj(LetterStage::token).collect(Collectors.joining(","));
        String body = LetterStage.messageOf(MADE, "x")
                .replace(
                        LetterStage.token("x"),
                        tokens + ","
                                + LetterStage.token("9")
                                        .replace("Sword", "y".repeat(1021 * 1024 - 200 - tokens.length() - 300)));
        assertThat(body.length()).isBetween(1020 * 1024, 1021 * 1024);
        stage.letter("EXPIRED", "bulk", body);
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.letters()).isEqualTo(1);
        List<String> halves = bodies(stage.queues.bulkRefreshQueueUrl());
        assertThat(halves)
                .hasSize(2)
                .allSatisfy(half -> assertThat(half.length()).isLessThan(1020 * 1024));
        assertThat(halves.stream()
                        .mapToInt(half -> LetterSubject.ofUpdates(half).tokens())
                        .sum())
                .isEqualTo(5_701);
        assertThat(halves).allSatisfy(half -> assertThat(half).contains("\"updated_at\":\"" + MADE + "\""));
        assertThat(stage.depth(stage.queues.deadLetterQueueUrl()).total()).isZero();
    }

    @Test
    void lettersThatAnotherReaderHasAreCounted() {
        IntStream.range(0, 3).forEach(id -> stage.letter("EXPIRED", "live", LetterStage.messageOf(MADE, id)));
        stage.sqs.receiveMessage(
                call -> call.queueUrl(stage.queues.deadLetterQueueUrl()).maxNumberOfMessages(2));
        someTimePasses();

        RedriveResult result = stage.redrive(LetterFilter.ALL);

        assertThat(result.letters()).isEqualTo(1);
        assertThat(result.left()).isEqualTo(new UnreadLetterCounts(0, 2, false));
    }
}
