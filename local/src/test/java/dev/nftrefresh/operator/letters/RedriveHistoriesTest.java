package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.operator.letters.FaultySqs.KilledException;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Redrives that are killed, interrupted, refused and repeated, while letters arrive and return: nothing is lost,
 * nothing old looks new, and no letter is chased.
 */
class RedriveHistoriesTest {
    private static final Pattern SERIAL = Pattern.compile("(?:token_id\":\"|season%2B)(\\d+)");
    private static final List<String> ATTRIBUTES_OF_AGE =
            List.of("FirstSentAt", "Attempts", "SendAlone", "RejectDetail", "Lane", "SourceSentAt");

    @Test
    void whateverHappensEachLetterIsInItsQueueOrStillALetter() {
        SeededProperty.of("a redrive loses, undoes and chases nothing")
                .tries(150)
                .check(History::run);
    }

    /** One letter that was put there, and what must become of it. */
    private record Planned(
            LetterDestination from, boolean stays, @Nullable Instant version) {}

    private static final class History {
        private final LetterStage stage = new LetterStage();
        private final ChoiceSequence choices;
        private final Map<Integer, Planned> planned = new HashMap<>();
        private final Map<Integer, Set<String>> seenBodies = new HashMap<>();
        private final Set<Integer> sentBack = new HashSet<>();
        private int serials;

        private History(ChoiceSequence choices) {
            this.choices = choices;
        }

        static void run(ChoiceSequence choices) {
            new History(choices).run();
        }

        private void run() {
            int letters = choices.between(0, 45);
            for (int i = 0; i < letters; i++) {
                addLetter();
            }
            int failureListener = choices.below(4);
            for (int i = 0; i < failureListener; i++) {
                stage.clock.advance(Duration.ofMinutes(1));
                redriveWithFaults();
            }
            redriveUntilNothingFails();
            judge();
        }

        /** What a killed process had read can be seen again after a while, and each trouble has an end. */
        private void redriveUntilNothingFails() {
            RedriveResult result;
            do {
                stage.clock.advance(DeadLetterQueue.HIDDEN);
                result = stage.redrive(LetterFilter.ALL);
                collect();
            } while (result.failure() != null
                    || !result.unsent().isEmpty()
                    || !result.undeleted().isEmpty());
            assertThat(result.left().isNothing()).isTrue();
        }

        private void addLetter() {
            stage.clock.advance(Duration.ofMillis(choices.between(1, 5_000)));
            int serial = serials++;
            Instant now = stage.clock.instant();
            Instant made = now.minusSeconds(choices.between(1, 100_000));
            boolean bulk = choices.flip();
            var from = bulk ? LetterDestination.BULK_REFRESH : LetterDestination.REFRESH;
            boolean saysTime = choices.flip();
            String body = saysTime ? LetterStage.messageOf(made, serial) : LetterStage.message(serial);
            switch (choices.below(4)) {
                case 0 -> {
                    stage.letter("EXPIRED", bulk ? "bulk" : "live", LetterStage.messageOf(made, serial));
                    planned.put(serial, new Planned(from, false, made));
                }
                case 1 -> {
                    Map<String, String> attributes = choices.flip()
                            ? Map.of()
                            : Map.of("FirstSentAt", "1", "Attempts", "949", "RejectReason", "INVALID_TOKEN");
                    stage.moved(stage.queues.url(from), body, attributes);
                    planned.put(serial, new Planned(from, false, saysTime ? made : now));
                }
                case 2 -> {
                    stage.letter(choices.flip() ? "INVALID_MESSAGE" : "MALFORMED_JSON", "live", body);
                    planned.put(serial, new Planned(LetterDestination.REFRESH, true, null));
                }
                default -> {
                    stage.moved(stage.queues.bulkQueueUrl(), LetterStage.notice(serial), Map.of());
                    planned.put(serial, new Planned(LetterDestination.BULK, false, null));
                }
            }
        }

        private void redriveWithFaults() {
            for (String action : List.of("SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch")) {
                stage.local.faults().failEntries(action, choices.below(6), choices.flip());
            }
            int kind = choices.below(4);
            int someCall = choices.between(1, 25);
            boolean fault = kind == 1 || kind == 2;
            var process = new FaultySqs(
                    stage.sqs, fault ? someCall : Integer.MAX_VALUE, kind == 2, choices.flip(), this::meanwhile);
            int interruptedAfter = kind == 3 ? someCall : Integer.MAX_VALUE;
            Set<Integer> before = new HashSet<>(planned.keySet());
            boolean dryRun = choices.below(5) == 0;
            QueueDepth atStart = letters();
            sentBack.clear();
            try {
                RedriveResult result = new DeadLetterRedrive(
                                process,
                                stage.queues,
                                LetterFilter.ALL,
                                LetterDestination.REFRESH,
                                stage.clock,
                                dryRun,
                                process.afterCalls(interruptedAfter))
                        .run(_ -> {});
                long notGivenBack = RedriveResult.total(result.hidden());
                if (kind != 1) {
                    assertThat(letters().inFlight())
                            .as("letters that stay hidden")
                            .isEqualTo((int) notGivenBack + atStart.inFlight());
                }
                assertThat(result.letters()).as("letters sent back").isLessThanOrEqualTo(atStart.visible());
            } catch (KilledException _) {
                // As it may be at any time.
            }
            collect();
            assertThat(before).as("letters that were there at the start").containsAll(sentBack);
        }

        private QueueDepth letters() {
            return stage.depth(stage.queues.deadLetterQueueUrl())
                    .plus(stage.depth(stage.queues.bulkDeadLetterQueueUrl()));
        }

        /** Another letter arrives, or the function refuses again what was sent back. */
        private void meanwhile() {
            stage.clock.advance(Duration.ofMillis(1));
            switch (choices.below(12)) {
                case 1 -> addFunctionLetter();
                case 2 ->
                    stage.take(stage.queues.refreshQueueUrl()).forEach(message -> {
                        noteBody(message, LetterDestination.REFRESH);
                        stage.letter("EXPIRED", "live", message.body());
                    });
                default -> {}
            }
        }

        private void addFunctionLetter() {
            int serial = serials++;
            Instant made = stage.clock.instant().minusSeconds(1);
            stage.letter("EXPIRED", "live", LetterStage.messageOf(made, serial));
            planned.put(serial, new Planned(LetterDestination.REFRESH, false, made));
        }

        /** Processes the messages that returned to the queues. */
        private void collect() {
            for (LetterDestination queue : LetterDestination.values()) {
                stage.take(stage.queues.url(queue)).forEach(message -> noteBody(message, queue));
            }
        }

        private void noteBody(Message message, LetterDestination queue) {
            int serial = serial(message.body());
            Planned plan = Objects.requireNonNull(planned.get(serial), message.body());
            assertThat(queue).as(message.body()).isEqualTo(plan.from());
            assertThat(message.messageAttributes().keySet()).doesNotContainAnyElementsOf(ATTRIBUTES_OF_AGE);
            sentBack.add(serial);
            seenBodies.computeIfAbsent(serial, _ -> new HashSet<>()).add(message.body());
        }

        private static int serial(String body) {
            Matcher serial = SERIAL.matcher(body);
            assertThat(serial.find()).as(body).isTrue();
            return Integer.parseInt(serial.group(1));
        }

        private void judge() {
            stage.clock.advance(DeadLetterQueue.HIDDEN);
            var still = new HashSet<Integer>();
            for (String url : List.of(stage.queues.deadLetterQueueUrl(), stage.queues.bulkDeadLetterQueueUrl())) {
                stage.take(url).forEach(message -> still.add(serial(message.body())));
            }
            var lost = new ArrayList<Integer>();
            planned.forEach((serial, plan) -> {
                Set<String> bodies = seenBodies.getOrDefault(serial, Set.of());
                if (plan.stays() ? !still.contains(serial) || !bodies.isEmpty() : bodies.isEmpty()) {
                    lost.add(serial);
                }
                for (String body : bodies) {
                    String expected = plan.from() == LetterDestination.BULK
                            ? LetterStage.notice(serial)
                            : plan.version() == null ? body : LetterStage.messageOf(plan.version(), serial);
                    assertThat(body).as("what became of update " + serial).isEqualTo(expected);
                }
            });
            assertThat(lost)
                    .as("letters that are neither sent back nor letters")
                    .isEmpty();
        }
    }
}
