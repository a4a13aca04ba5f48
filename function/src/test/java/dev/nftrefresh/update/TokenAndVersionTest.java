package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.ADDRESS;
import static dev.nftrefresh.update.MessageReading.CHAIN;
import static dev.nftrefresh.update.MessageReading.SENT_AT;
import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.updates;
import static dev.nftrefresh.update.MessageReading.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which token an update is for, and which of two updates of one token is newer. */
final class TokenAndVersionTest {
    private static final TokenSource EARLY = TokenSource.sword().with("updated_at", "\"2026-11-23T08:00:00Z\"");
    private static final TokenSource LATE = TokenSource.sword().with("updated_at", "\"2026-11-23T09:00:00Z\"");

    private static TokenSource named(String name) {
        return TokenSource.sword().with("name", '"' + name + '"');
    }

    private static List<UpdateVersion> versions(Object... tokens) {
        return updates(message(tokens)).stream().map(TokenUpdate::version).toList();
    }

    private static void assertEachIsNewerThanTheOneBefore(List<UpdateVersion> versions) {
        for (int i = 1; i < versions.size(); i++) {
            assertThat(versions.get(i).isNewerThan(versions.get(i - 1)))
                    .as("place %d", i)
                    .isTrue();
            assertThat(versions.get(i - 1).isNewerThan(versions.get(i))).isFalse();
        }
    }

    @Test
    void aTokenIsTheSameByChainAddressInLowerCaseAndIdWithoutLeadingZeros() {
        String upper = ADDRESS.toUpperCase(Locale.ROOT).replace('X', 'x');
        String other = message(TokenSource.sword("007")).replace(ADDRESS, upper);

        assertThat(updates(other).getFirst().key())
                .isEqualTo(updates(message(TokenSource.sword("7"))).getFirst().key())
                .isEqualTo(new TokenKey(new CollectionId(CHAIN, ADDRESS), "7"))
                .hasToString(CHAIN + "/" + ADDRESS + "/7");
    }

    @Test
    void anotherIdOrAddressIsAnotherToken() {
        String otherAddress = ADDRESS.replace("8a", "8b");

        assertThat(valid(TokenSource.sword("7")).key())
                .isNotEqualTo(valid(TokenSource.sword("70")).key())
                .isNotEqualTo(updates(message(TokenSource.sword("7")).replace(ADDRESS, otherAddress))
                        .getFirst()
                        .key());
    }

    @Test
    void theLaterPlaceInAMessageIsNewer() {
        assertEachIsNewerThanTheOneBefore(versions(named("a"), named("b")));
        assertEachIsNewerThanTheOneBefore(versions(named("b"), named("a")));
        assertEachIsNewerThanTheOneBefore(versions(named("c"), named("a"), named("b"), named("a"), named("c")));
    }

    @Test
    void theLaterPlaceIsNewerAlthoughTheIdIsWrittenDifferently() {
        assertEachIsNewerThanTheOneBefore(
                versions(TokenSource.sword("1"), TokenSource.sword("01"), TokenSource.sword("001")));
    }

    @Test
    void theLaterPlaceIsNewerAlthoughTheBytesAreTheSame() {
        assertEachIsNewerThanTheOneBefore(versions(TokenSource.sword(), TokenSource.sword(), TokenSource.sword()));
    }

    @Test
    void theLaterPlaceIsNewerWhenBothHaveTheSameTime() {
        assertEachIsNewerThanTheOneBefore(versions(LATE.with("name", "\"b\""), LATE.with("name", "\"a\""), LATE));
    }

    @Test
    void theLaterPlaceIsNewerWhenOnlyTheEarlierOneHasATimeAlthoughThatIsLater() {
        List<TokenUpdate> updates = updates(
                messageWith("\"updated_at\":\"2026-11-23T08:30:00Z\",", LATE, named("later place"), named("last")));

        assertEachIsNewerThanTheOneBefore(
                updates.stream().map(TokenUpdate::version).toList());
    }

    @Test
    void theLaterPlaceIsNewerWhenOnlyTheEarlierOneHasATimeThatIsEarlier() {
        assertEachIsNewerThanTheOneBefore(versions(EARLY, named("later place")));
    }

    /** Two times that the producer wrote say more than two places. */
    @Test
    void theLaterOfTwoOwnTimesIsNewerWhateverTheirPlaces() {
        List<UpdateVersion> versions = versions(LATE, EARLY, LATE);

        assertThat(versions.get(0).isNewerThan(versions.get(1))).isTrue();
        assertThat(versions.get(2).isNewerThan(versions.get(0))).isTrue();
    }

    @Test
    void thePlaceMovesTheTimeByNanosecondsOnly() {
        assertThat(versions(named("a"), TokenSource.sword("2"), named("b"), named("c")))
                .extracting(UpdateVersion::time)
                .containsExactly(SENT_AT, SENT_AT, SENT_AT.plusNanos(1), SENT_AT.plusNanos(2));
    }

    @Test
    void aMessageThatComesTwiceHasTheSameVersions() {
        assertThat(versions(named("a"), EARLY, named("b"))).isEqualTo(versions(named("a"), EARLY, named("b")));
    }

    @Test
    void theSameBytesAtTheSameTimeAreTheSameUpdate() {
        assertThat(valid(EARLY).version()).isEqualTo(valid(EARLY).version());
        assertThat(valid(TokenSource.sword()).version())
                .isEqualTo(updates(messageWith("\"updated_at\":\"" + SENT_AT + "\",", TokenSource.sword()))
                        .getFirst()
                        .version());
    }

    @Test
    void otherBytesAtTheSameTimeAreAnotherUpdate() {
        assertThat(valid(named("a")).version()).isNotEqualTo(valid(named("b")).version());
        assertThat(valid(named("a")).version().time())
                .isEqualTo(valid(named("b")).version().time());
    }
}
