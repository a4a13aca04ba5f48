package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.SUPERSEDED;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.rejected;
import static dev.nftrefresh.queue.MessageOutcomes.returned;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.SettledTokenOutcome;
import dev.nftrefresh.update.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FileTokenSettlementTest {
    private static final TokenOutcome REJECTED = rejected(RejectReason.REFUSED_BY_API, "refused");

    private static FileTokenPosition place(long element) {
        return new FileTokenPosition("f", element);
    }

    private static QueuedMessage ofFile(String body, FileTokenPosition... places) {
        return new QueuedMessage("m-1", "r-1", Utf8MessageBody.of(body), SENT, 2, SENT, 2, null, List.of(places));
    }

    private static QueuedMessage ofFile(int tokens) {
        String[] all = IntStream.range(0, tokens).mapToObj(i -> token("" + i)).toArray(String[]::new);
        FileTokenPosition[] places = IntStream.range(0, tokens)
                .mapToObj(FileTokenSettlementTest::place)
                .toArray(FileTokenPosition[]::new);
        return ofFile(body(all), places);
    }

    @Test
    void eachTokenOfAFinishedMessageIsSettledUnlessARemainderHasIt() {
        MessageOutcome outcome = outcome(
                ofFile(6),
                ACCEPTED,
                new TokenOutcome.AcceptedBefore(),
                SUPERSEDED,
                REJECTED,
                returned(5),
                new TokenOutcome.Duplicate());

        assertThat(FileTokenSettlement.of(outcome))
                .containsOnly(
                        Map.entry(place(0), SettledTokenOutcome.ACCEPTED),
                        Map.entry(place(1), SettledTokenOutcome.ACCEPTED),
                        Map.entry(place(2), SettledTokenOutcome.SUPERSEDED),
                        Map.entry(place(3), SettledTokenOutcome.DEAD_LETTERED));
    }

    @Test
    void nothingIsSettledInAMessageThatStays() {
        assertThat(FileTokenSettlement.of(outcome(ofFile(2), SUPERSEDED, returned(5))))
                .isEmpty();
    }

    @Test
    void aMessageThatCannotBeReadIsDeadLetteredWhole() {
        assertThat(FileTokenSettlement.of(outcome(ofFile("{", place(0), place(1)))))
                .containsOnlyKeys(place(0), place(1))
                .containsValue(SettledTokenOutcome.DEAD_LETTERED);
    }

    @Test
    void updatesFromNoFileDoNotCount() {
        assertThat(FileTokenSettlement.of(outcome(ofFile(body(token("1"))), ACCEPTED)))
                .isEmpty();
        assertThat(FileTokenSettlement.of(outcome(
                        ofFile(body(token("1"), token("2")), FileTokenPosition.NOWHERE, place(1)), ACCEPTED, ACCEPTED)))
                .containsOnlyKeys(place(1));
    }
}
