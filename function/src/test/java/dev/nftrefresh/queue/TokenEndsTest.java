package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.Outcomes.ACCEPTED;
import static dev.nftrefresh.queue.Outcomes.SENT;
import static dev.nftrefresh.queue.Outcomes.SUPERSEDED;
import static dev.nftrefresh.queue.Outcomes.body;
import static dev.nftrefresh.queue.Outcomes.outcome;
import static dev.nftrefresh.queue.Outcomes.rejected;
import static dev.nftrefresh.queue.Outcomes.returned;
import static dev.nftrefresh.queue.Outcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.settled.FilePlace;
import dev.nftrefresh.settled.TokenEnd;
import dev.nftrefresh.update.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenEndsTest {
    private static final Fate REJECTED = rejected(RejectReason.REFUSED_BY_API, "refused");

    private static FilePlace place(long element) {
        return new FilePlace("f", element);
    }

    private static QueuedMessage ofFile(String body, FilePlace... places) {
        return new QueuedMessage("m-1", "r-1", MessageText.of(body), SENT, 2, SENT, 2, null, List.of(places));
    }

    private static QueuedMessage ofFile(int tokens) {
        String[] all = IntStream.range(0, tokens).mapToObj(i -> token("" + i)).toArray(String[]::new);
        FilePlace[] places =
                IntStream.range(0, tokens).mapToObj(TokenEndsTest::place).toArray(FilePlace[]::new);
        return ofFile(body(all), places);
    }

    @Test
    void eachTokenOfAFinishedMessageIsSettledUnlessItGoesOn() {
        MessageOutcome outcome = outcome(
                ofFile(6),
                ACCEPTED,
                new Fate.AcceptedBefore(),
                SUPERSEDED,
                REJECTED,
                returned(5),
                new Fate.Duplicate());

        assertThat(TokenEnds.of(outcome))
                .containsOnly(
                        Map.entry(place(0), TokenEnd.ACCEPTED),
                        Map.entry(place(1), TokenEnd.ACCEPTED),
                        Map.entry(place(2), TokenEnd.SUPERSEDED),
                        Map.entry(place(3), TokenEnd.DEAD_LETTERED));
    }

    @Test
    void nothingIsSettledInAMessageThatStays() {
        assertThat(TokenEnds.of(outcome(ofFile(2), SUPERSEDED, returned(5)))).isEmpty();
    }

    @Test
    void aMessageThatCannotBeReadIsDeadLetteredWhole() {
        assertThat(TokenEnds.of(outcome(ofFile("{", place(0), place(1)))))
                .containsOnlyKeys(place(0), place(1))
                .containsValue(TokenEnd.DEAD_LETTERED);
    }

    @Test
    void whatCameOutOfNoFileDoesNotCount() {
        assertThat(TokenEnds.of(outcome(ofFile(body(token("1"))), ACCEPTED))).isEmpty();
        assertThat(TokenEnds.of(
                        outcome(ofFile(body(token("1"), token("2")), FilePlace.NOWHERE, place(1)), ACCEPTED, ACCEPTED)))
                .containsOnlyKeys(place(1));
    }
}
