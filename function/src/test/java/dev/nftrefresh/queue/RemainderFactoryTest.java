package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.message;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.readAgain;
import static dev.nftrefresh.queue.MessageOutcomes.returned;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.update.UpdateMessage;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemainderFactoryTest {
    private static List<UpdateVersion> versions(UpdateMessage message) {
        return message.elements().stream()
                .map(element -> ((UpdateMessage.Valid) element).update().version())
                .toList();
    }

    @Test
    void theRemainderOfAFinishedMessageKeepsItsVersionAgeAndAttempts() {
        QueuedMessage message = message(body(token("1"), token("2", ",\"updated_at\":1763892000123"), token("3")));
        MessageOutcome outcome = outcome(message, ACCEPTED, returned(7), returned(12));

        List<OutgoingMessage> remainders = RemainderFactory.of(List.of(outcome));

        assertThat(remainders).hasSize(1);
        OutgoingMessage remainder = remainders.getFirst();
        assertThat(remainder.body()).contains("\"updated_at\":\"2026-11-23T10:00:00.123Z\"");
        assertThat(remainder.attributes())
                .containsEntry(
                        "FirstSentAt", Long.toString(SENT.minusSeconds(60).toEpochMilli()))
                .containsEntry("Attempts", "5")
                .doesNotContainKeys("SendAlone", "FilePlaces");
        assertThat(remainder.delay()).isEqualTo(Duration.ofSeconds(12));
        UpdateMessage original = ((dev.nftrefresh.update.MessageReadResult.ParsedMessage) outcome.read()).message();
        assertThat(versions(readAgain(remainder))).isEqualTo(versions(original).subList(1, 3));
    }

    @Test
    void aRemainderHoldsThePositionsOfItsTokensInTheirFile() {
        QueuedMessage message = message(body(token("1"), token("2"), token("3")));
        var places =
                List.of(new FileTokenPosition("f", 10), new FileTokenPosition("f", 11), new FileTokenPosition("f", 13));
        var ofFile = new QueuedMessage("m-1", "r-1", message.body(), SENT, 2, SENT, 2, null, places);

        List<OutgoingMessage> remainders =
                RemainderFactory.of(List.of(outcome(ofFile, ACCEPTED, returned(7), returned(12))));

        assertThat(remainders.getFirst().attributes()).containsEntry("FilePlaces", "f:11,13");
    }

    @Test
    void aTokenThatOccursTwiceKeepsItsOrderThroughARemainder() {
        QueuedMessage message = message(body(token("1"), token("1", ",\"power\":2"), token("2")));
        MessageOutcome outcome = outcome(message, returned(1), returned(1), ACCEPTED);

        List<UpdateVersion> again =
                versions(readAgain(RemainderFactory.of(List.of(outcome)).getFirst()));

        assertThat(again.get(1).isNewerThan(again.get(0))).isTrue();
        assertThat(again.get(0).time()).isEqualTo(SENT);
    }

    @Test
    void aMessageWithoutAnAcceptedOrRejectedTokenHasNoRemainder() {
        MessageOutcome outcome =
                outcome(message(body(token("1"), token("2"))), MessageOutcomes.SUPERSEDED, returned(5));

        assertThat(RemainderFactory.of(List.of(outcome))).isEmpty();
    }

    @Test
    void aRemainderIsDelayedFifteenMinutesAtMost() {
        MessageOutcome outcome = outcome(message(body(token("1"), token("2"))), ACCEPTED, returned(3600));

        assertThat(RemainderFactory.of(List.of(outcome)).getFirst().delay()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void remaindersAreWholeBatchesOf250() {
        String[] tokens = IntStream.range(0, 502)
                .mapToObj(i -> token(Integer.toString(i)))
                .toArray(String[]::new);
        TokenOutcome[] tokenOutcomes = IntStream.range(0, 502)
                .mapToObj(i -> i == 0 ? ACCEPTED : returned(1))
                .toArray(TokenOutcome[]::new);

        List<OutgoingMessage> remainders = RemainderFactory.of(List.of(outcome(message(body(tokens)), tokenOutcomes)));

        assertThat(remainders)
                .extracting(remainder -> readAgain(remainder).elements().size())
                .containsExactly(250, 250, 1);
    }

    @Test
    void anUntriedPartBecomesOneMessageSentAloneWhateverMessagesItsTokensCameIn() {
        var part = new SearchProgress(0, 3, false, 5, 1, 0, 8, false);
        var outcomes = new ArrayList<MessageOutcome>();
        for (int i = 0; i < 3; i++) {
            var message = new QueuedMessage(
                    "m-" + i,
                    "r-" + i,
                    Utf8MessageBody.of(body(token(Integer.toString(i)))),
                    SENT.plusSeconds(i),
                    1,
                    SENT.minusSeconds(i),
                    1 + i,
                    null);
            outcomes.add(outcome(message, new TokenOutcome.SearchContinued(part, outcomes.size(), Duration.ZERO)));
        }

        List<OutgoingMessage> remainders = RemainderFactory.of(outcomes);

        assertThat(remainders).hasSize(1);
        OutgoingMessage alone = remainders.getFirst();
        assertThat(alone.sources()).extracting(QueuedMessage::messageId).containsExactly("m-0", "m-1", "m-2");
        assertThat(alone.attributes())
                .containsEntry("SendAlone", "named=0 suspects=3 all=0 accepted=5 refused=1 row=0 spare=8 wrong=0")
                .containsEntry("FirstSentAt", Long.toString(SENT.minusSeconds(2).toEpochMilli()))
                .containsEntry("Attempts", "1");
        assertThat(versions(readAgain(alone)))
                .extracting(UpdateVersion::time)
                .containsExactly(SENT, SENT.plusSeconds(1), SENT.plusSeconds(2));
    }

    @Test
    void theRemainderOfAMessageSentAloneIsSentAlone() {
        var message = new QueuedMessage(
                "m", "r", Utf8MessageBody.of(body(token("1"), token("2"))), SENT, 1, SENT, 1, SearchProgress.BEGUN);

        assertThat(RemainderFactory.of(List.of(outcome(message, ACCEPTED, returned(1))))
                        .getFirst()
                        .attributes())
                .containsEntry("SendAlone", "named=0 suspects=0 all=0 accepted=0 refused=0 row=0 spare=15 wrong=0");
    }

    @Test
    void updatesDaysApartAreInSeparateMessagesSoThatTheyDoNotExpireTogether() {
        var part = new SearchProgress(0, 3, false, 5, 1, 0, 8, false);
        var outcomes = new ArrayList<MessageOutcome>();
        for (int days : new int[] {12, 0, 12}) {
            var message = new QueuedMessage(
                    "m-" + outcomes.size(),
                    "r",
                    Utf8MessageBody.of(body(token("1"))),
                    SENT,
                    1,
                    SENT.minus(Duration.ofDays(days)),
                    1,
                    null);
            outcomes.add(outcome(message, new TokenOutcome.SearchContinued(part, outcomes.size(), Duration.ZERO)));
        }

        assertThat(RemainderFactory.of(outcomes))
                .extracting(remainder -> remainder.sources().size())
                .containsExactly(2, 1);
    }

    @Test
    void theOlderOfTwoUpdatesOfATokenStaysOlderAlthoughItOccursLater() {
        String older = "2026-11-23T09:00:00Z";
        QueuedMessage message = message(body(
                        token("1", ",\"updated_at\":\"2026-11-23T09:59:59Z\""),
                        token("1", ",\"updated_at\":\"" + older + "\""),
                        token("2"))
                .replace("\"nft_metadata\"", "\"updated_at\":\"" + older + "\",\"nft_metadata\""));
        MessageOutcome outcome = outcome(message, returned(7), returned(7), ACCEPTED);

        List<OutgoingMessage> remainders = RemainderFactory.of(List.of(outcome));

        assertThat(versions(readAgain(remainders.getFirst())))
                .extracting(version -> version.time().toString())
                .containsExactly("2026-11-23T09:59:59Z", older);
    }
}
