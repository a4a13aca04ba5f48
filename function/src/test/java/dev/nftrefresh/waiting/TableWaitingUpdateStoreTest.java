package dev.nftrefresh.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWaitingUpdateStoreTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final CollectionId SHIELDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));
    private static final RemainingCapacity ALL = new RemainingCapacity(250, 200_000);

    private Instant now = NOON;
    private final InMemoryTable table = new InMemoryTable();
    private final WaitingUpdateStore waitingStore = new TableWaitingUpdateStore(table, "one", () -> now);
    private final WaitingUpdateStore ofOtherCopy = new TableWaitingUpdateStore(table, "other", () -> now);

    private static TokenUpdate update(CollectionId collection, int tokenId, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        var token = new TokenJson(bytes, 0, bytes.length);
        return new TokenUpdate(
                new TokenKey(collection, String.valueOf(tokenId)),
                new UpdateVersion(NOON.plusNanos(tokenId), token.hash()),
                token);
    }

    private static List<TokenUpdate> updates(CollectionId collection, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> update(collection, i, "{\"token_id\":\"" + i + "\"}"))
                .toList();
    }

    private static List<String> ids(List<TokenUpdate> updates) {
        return updates.stream().map(update -> update.key().tokenId()).toList();
    }

    private void enter(List<TokenUpdate> updates, int second) {
        waitingStore.add(
                updates,
                waitingStore.find(updates.getFirst().key().collection(), AT_MOST),
                NOON.plusSeconds(second + 60),
                NOON.plusSeconds(second),
                AT_MOST);
    }

    @Test
    void anotherCopyTakesExactlyWhatOneCopyAdded() {
        String json =
                "{\"token_id\": \"1\", \"name\":\"Schwert \\u00fc \u2694 \\\"x\\\"\", \"value\":1e400, \"zero\":-0.0}";
        TokenUpdate sword = update(SWORDS, 1, json);
        enter(List.of(sword), 0);

        List<TokenUpdate> taken = ofOtherCopy.find(SWORDS, AT_MOST).take(ALL, _ -> true, AT_MOST);

        assertThat(taken).singleElement().satisfies(update -> {
            assertThat(update.json()).hasToString(json);
            assertThat(update.key()).isEqualTo(sword.key());
            assertThat(update.version()).isEqualTo(sword.version());
        });
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void updatesThatNeedNotBeSentAreRemovedAndTakeNoCapacity() {
        enter(updates(SWORDS, 0, 4), 0);

        List<TokenUpdate> taken = waitingStore
                .find(SWORDS, AT_MOST)
                .take(
                        new RemainingCapacity(2, 200_000),
                        update -> !update.key().tokenId().equals("0"),
                        AT_MOST);

        assertThat(ids(taken)).containsExactly("1", "2");
        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).updates())).containsExactly("3");
    }

    @Test
    void noUpdateIsAddedTwice() {
        enter(updates(SWORDS, 0, 3), 0);
        enter(updates(SWORDS, 0, 4), 1);

        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).updates())).containsExactly("0", "1", "2", "3");
    }

    @Test
    void eachCollectionHasItsOwnWaitingUpdates() {
        enter(updates(SWORDS, 0, 2), 0);
        assertThat(waitingStore.find(SHIELDS, AT_MOST).updates()).isEmpty();
    }

    @Test
    void theFirstUpdatesAreTakenFirstAndTheOthersStay() {
        enter(updates(SWORDS, 0, 3), 0);
        enter(updates(SWORDS, 10, 3), 1);

        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).take(new RemainingCapacity(4, 200_000), _ -> true, AT_MOST)))
                .containsExactly("0", "1", "2", "10");
        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).updates())).containsExactly("11", "12");
        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).take(ALL, _ -> true, AT_MOST)))
                .containsExactly("11", "12");
    }

    @Test
    void bytesAreCountedWithTheirCommas() {
        List<TokenUpdate> two = updates(SWORDS, 0, 2);
        enter(two, 0);
        int bytes = 2 * (two.getFirst().json().length() + 1);

        assertThat(waitingStore.find(SWORDS, AT_MOST).take(new RemainingCapacity(250, bytes - 1), _ -> true, AT_MOST))
                .hasSize(1);
        enter(two.subList(0, 1), 1);
        assertThat(waitingStore.find(SWORDS, AT_MOST).take(new RemainingCapacity(250, bytes), _ -> true, AT_MOST))
                .hasSize(2);
    }

    @Test
    void noUpdateIsTakenTwice() {
        enter(updates(SWORDS, 0, 3), 0);
        var seenByOne = waitingStore.find(SWORDS, AT_MOST);
        var seenByOther = ofOtherCopy.find(SWORDS, AT_MOST);

        assertThat(seenByOne.take(new RemainingCapacity(2, 200_000), _ -> true, AT_MOST))
                .hasSize(2);
        assertThat(seenByOther.take(ALL, _ -> true, AT_MOST)).isEmpty();
        assertThat(ids(ofOtherCopy.find(SWORDS, AT_MOST).take(ALL, _ -> true, AT_MOST)))
                .containsExactly("2");
    }

    @Test
    void atMostFiveHundredUpdatesWait() {
        enter(updates(SWORDS, 0, 249), 0);
        enter(updates(SWORDS, 1000, 249), 1);
        enter(updates(SWORDS, 2000, 3), 2);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(498);
        enter(updates(SWORDS, 3000, 2), 3);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(500);
        enter(updates(SWORDS, 4000, 1), 4);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(500);
    }

    /** DynamoDB takes 400 KiB an item; a quotation mark takes two bytes in its text. */
    @Test
    void aRequestTooLargeForOneItemIsStoredInSeveral() {
        String name = "\\\"".repeat(7_000);
        List<TokenUpdate> tall = IntStream.range(0, 15)
                .mapToObj(i -> update(SWORDS, i, "{\"token_id\":\"" + i + "\",\"name\":\"" + name + "\"}"))
                .toList();
        enter(tall, 0);

        var rows = table.readPartition("room " + SWORDS, AT_MOST);
        assertThat(rows).hasSizeBetween(2, 3);
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.content().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(350_000));
        assertThat(waitingStore.find(SWORDS, AT_MOST).take(new RemainingCapacity(250, 2_000_000), _ -> true, AT_MOST))
                .extracting(TokenUpdate::json)
                .extracting(Object::toString)
                .containsExactlyInAnyOrderElementsOf(
                        tall.stream().map(update -> update.json().toString()).toList());
    }

    @Test
    void twelveHoursAfterTheirSendTimeUpdatesNoLongerWaitAlthoughTheTableStillHasThem() {
        enter(updates(SWORDS, 0, 3), 0);
        now = NOON.plus(Duration.ofHours(12)).plusSeconds(60).minusNanos(1);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(3);
        now = NOON.plus(Duration.ofHours(12)).plusSeconds(60);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
        assertThat(waitingStore.find(SWORDS, AT_MOST).reservedSendTime()).isNull();
    }

    @Test
    void theEarliestReservationIsKeptUntilAllItsUpdatesAreTaken() {
        enter(updates(SWORDS, 0, 3), 0);
        enter(updates(SWORDS, 10, 3), 30);
        assertThat(waitingStore.find(SWORDS, AT_MOST).reservedSendTime()).isEqualTo(NOON.plusSeconds(60));

        waitingStore.find(SWORDS, AT_MOST).take(new RemainingCapacity(3, 200_000), _ -> true, AT_MOST);
        assertThat(waitingStore.find(SWORDS, AT_MOST).reservedSendTime()).isEqualTo(NOON.plusSeconds(90));
        waitingStore.find(SWORDS, AT_MOST).take(ALL, _ -> true, AT_MOST);
        assertThat(waitingStore.find(SWORDS, AT_MOST).reservedSendTime()).isNull();
    }

    @Test
    void separateRequestsHaveReservationsOfTheirOwn() {
        WaitingUpdateStore apart = waitingStore.ofSeparateRequests();
        List<TokenUpdate> suspicious = updates(SWORDS, 0, 1);
        apart.add(suspicious, apart.find(SWORDS, AT_MOST), NOON.plusSeconds(10), NOON, AT_MOST);
        enter(updates(SWORDS, 1, 1), 30);

        assertThat(waitingStore.find(SWORDS, AT_MOST).reservedSendTime()).isEqualTo(NOON.plusSeconds(90));
        assertThat(apart.find(SWORDS, AT_MOST).reservedSendTime()).isEqualTo(NOON.plusSeconds(10));
        assertThat(apart.find(SWORDS, AT_MOST).take(new RemainingCapacity(0, 0), _ -> false, AT_MOST))
                .isEmpty();
        assertThat(apart.find(SWORDS, AT_MOST).reservedSendTime()).isNull();
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).hasSize(1);
    }

    @Test
    void withoutIncludedUpdatesTheStoreHoldsOnlyReservations() {
        WaitingUpdateStore promises = TableWaitingUpdateStore.ofReservedTimes(table, "one", () -> now);
        promises.add(updates(SWORDS, 0, 3), promises.find(SWORDS, AT_MOST), NOON.plusSeconds(60), NOON, AT_MOST);

        assertThat(promises.find(SWORDS, AT_MOST).reservedSendTime()).isEqualTo(NOON.plusSeconds(60));
        assertThat(promises.find(SWORDS, AT_MOST).updates()).isEmpty();
        assertThat(promises.find(SHIELDS, AT_MOST).reservedSendTime()).isNull();
    }

    @Test
    void rowsWithUnknownNamesAreLeftAlone() {
        table.write(
                List.of(new SharedTable.ConditionalWrite(
                        new SharedTable.ItemKey("room " + SWORDS, "x"), null, "[]", null)),
                AT_MOST);
        assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "[{\"token_id\":\"1\",\"updated_at\":\"2026-11-23T11:00:00Z\",\"hash\":\"0\",\"json\":\"{}\"}]",
                "[{\"token_id\":\"1\""
            })
    void anUnreadableRowHoldsBackNothing(String content) {
        var first = new SharedTable.ItemKey("room " + SWORDS, NOON.minusSeconds(60) + " one/9");
        table.write(List.of(new SharedTable.ConditionalWrite(first, null, content, null)), AT_MOST);
        enter(updates(SWORDS, 1, 2), 0);

        assertThat(ids(waitingStore.find(SWORDS, AT_MOST).take(ALL, _ -> true, AT_MOST)))
                .containsExactly("1", "2");
    }
}
