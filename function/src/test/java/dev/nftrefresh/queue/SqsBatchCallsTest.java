package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.SqsBatchCalls.EntryFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsBatchCallsTest {
    private static final Instant END = Instant.parse("2026-11-28T10:00:00Z");

    private volatile Instant now = END.minusSeconds(30);
    private final Map<Integer, Integer> tries = new ConcurrentHashMap<>();

    private List<EntryFailure<Integer>> send(SqsBatchCalls.BatchCall<Integer> call) {
        var entries = IntStream.range(0, 95).boxed().toList();
        return SqsBatchCalls.send(
                SizeBoundedChunks.of(entries, _ -> 0, 0, 10), new SqsCallDeadline(() -> now, END), batch -> {
                    batch.forEach(entry -> tries.merge(entry, 1, Integer::sum));
                    return call.send(batch);
                });
    }

    @Test
    void everyEntryIsSentOnceWhenNothingFails() {
        assertThat(send(_ -> List.of())).isEmpty();
        assertThat(tries).hasSize(95).allSatisfy((_, count) -> assertThat(count).isOne());
    }

    @Test
    void anEntryThatFailsThroughNoFaultOfOursIsTriedThreeTimesAndNothingElseIsSentAgain() {
        var failures = send(batch -> batch.contains(42) ? List.of(new EntryFailure<>(42, false, "busy")) : List.of());

        assertThat(failures).containsExactly(new EntryFailure<>(42, false, "busy"));
        assertThat(tries).containsEntry(42, 3).containsEntry(41, 1).containsEntry(0, 1);
    }

    @Test
    void anEntryThatIsAcceptedTheSecondTimeIsNoFailure() {
        assertThat(send(batch -> batch.contains(42) && Objects.equals(tries.get(42), 1)
                        ? List.of(new EntryFailure<>(42, false, "busy"))
                        : List.of()))
                .isEmpty();
    }

    @Test
    void anEntryThatIsOurFaultIsNotTriedAgain() {
        assertThat(send(batch -> batch.contains(42) ? List.of(new EntryFailure<>(42, true, "too long")) : List.of()))
                .containsExactly(new EntryFailure<>(42, true, "too long"));
        assertThat(tries).containsEntry(42, 1);
    }

    @Test
    void aCallThatFailsAsAWholeFailsItsEntriesAndNoOthers() {
        var failures = send(batch -> {
            if (batch.contains(42)) {
                throw SdkClientException.create("no connection");
            }
            return List.of();
        });

        assertThat(failures)
                .extracting(EntryFailure::entry)
                .containsExactlyInAnyOrder(40, 41, 42, 43, 44, 45, 46, 47, 48, 49);
    }

    @Test
    void aCallThatFailsAsAWholeThroughNoFaultOfOursIsTriedThreeTimes() {
        var failures = send(batch -> {
            if (batch.contains(42) && tries.getOrDefault(42, 0) < 3) {
                throw SdkClientException.create("no connection");
            }
            return List.of();
        });

        assertThat(failures).isEmpty();
        assertThat(tries).containsEntry(42, 3).containsEntry(49, 3).containsEntry(50, 1);
    }

    @Test
    void aCallThatSqsRefusesAsAWholeIsNotTriedAgain() {
        var refused = SqsException.builder().statusCode(400).message("too long").build();

        var failures = send(batch -> {
            if (batch.contains(42)) {
                throw refused;
            }
            return List.of();
        });

        assertThat(failures).hasSize(10).allMatch(EntryFailure::senderFault);
        assertThat(tries).containsEntry(42, 1);
    }

    @Test
    void callsThatHaveNotBegunByTheDeadlineFail() {
        now = END.minusMillis(99);

        assertThat(send(_ -> List.of()))
                .hasSize(95)
                .allSatisfy(failure -> assertThat(failure.reason()).contains("time was used up"));
        assertThat(tries).isEmpty();
    }

    @Test
    void aTenthOfASecondIsEnoughToBeginACall() {
        now = END.minusMillis(100);

        assertThat(send(_ -> List.of())).isEmpty();
        assertThat(tries).hasSize(95);
    }

    @Test
    void aFailedEntryIsNotTriedAgainAfterTheDeadline() {
        var failures = send(batch -> {
            if (batch.contains(42)) {
                now = END;
                return List.of(new EntryFailure<>(42, false, "busy"));
            }
            return List.of();
        });

        assertThat(failures).extracting(EntryFailure::entry).contains(42);
        assertThat(tries).containsEntry(42, 1);
    }
}
