package dev.nftrefresh.update;

import static dev.nftrefresh.update.Reading.ADDRESS;
import static dev.nftrefresh.update.Reading.CHAIN;
import static dev.nftrefresh.update.Reading.SENT_AT;
import static dev.nftrefresh.update.Reading.message;
import static dev.nftrefresh.update.Reading.messageWith;
import static dev.nftrefresh.update.Reading.updates;
import static dev.nftrefresh.update.Reading.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which token an update is for, and which of two updates of one token is newer. */
final class VersionsTest {
    private static final TokenText EARLY = TokenText.sword().with("updated_at", "\"2026-11-23T08:00:00Z\"");
    private static final TokenText LATE = TokenText.sword().with("updated_at", "\"2026-11-23T09:00:00Z\"");

    private static TokenText named(String name) {
        return TokenText.sword().with("name", '"' + name + '"');
    }

    private static List<Version> versions(Object... tokens) {
        return updates(message(tokens)).stream().map(TokenUpdate::version).toList();
    }

    private static void assertEachIsNewerThanTheOneBefore(List<Version> versions) {
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
        String other = message(TokenText.sword("007")).replace(ADDRESS, upper);

        assertThat(updates(other).getFirst().key())
                .isEqualTo(updates(message(TokenText.sword("7"))).getFirst().key())
                .isEqualTo(new TokenKey(new CollectionId(CHAIN, ADDRESS), "7"))
                .hasToString(CHAIN + "/" + ADDRESS + "/7");
    }

    @Test
    void anotherIdOrAddressIsAnotherToken() {
        String otherAddress = ADDRESS.replace("8a", "8b");

        assertThat(valid(TokenText.sword("7")).key())
                .isNotEqualTo(valid(TokenText.sword("70")).key())
                .isNotEqualTo(updates(message(TokenText.sword("7")).replace(ADDRESS, otherAddress))
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
    void theLaterPlaceIsNewerThoughTheIdIsWrittenOtherwise() {
        assertEachIsNewerThanTheOneBefore(
                versions(TokenText.sword("1"), TokenText.sword("01"), TokenText.sword("001")));
    }

    @Test
    void theLaterPlaceIsNewerThoughTheBytesAreTheSame() {
        assertEachIsNewerThanTheOneBefore(versions(TokenText.sword(), TokenText.sword(), TokenText.sword()));
    }

    @Test
    void theLaterPlaceIsNewerWhenBothCarryTheSameTime() {
        assertEachIsNewerThanTheOneBefore(versions(LATE.with("name", "\"b\""), LATE.with("name", "\"a\""), LATE));
    }

    @Test
    void theLaterPlaceIsNewerWhenOnlyTheEarlierOneCarriesATimeThoughThatIsLater() {
        List<TokenUpdate> updates = updates(
                messageWith("\"updated_at\":\"2026-11-23T08:30:00Z\",", LATE, named("later place"), named("last")));

        assertEachIsNewerThanTheOneBefore(
                updates.stream().map(TokenUpdate::version).toList());
    }

    @Test
    void theLaterPlaceIsNewerWhenOnlyTheEarlierOneCarriesATimeThatIsEarlier() {
        assertEachIsNewerThanTheOneBefore(versions(EARLY, named("later place")));
    }

    /** Two times that the producer wrote say more than two places. */
    @Test
    void ofTwoThatCarryTheirOwnTimesTheLaterTimeIsNewerWhateverTheirPlaces() {
        List<Version> versions = versions(LATE, EARLY, LATE);

        assertThat(versions.get(0).isNewerThan(versions.get(1))).isTrue();
        assertThat(versions.get(2).isNewerThan(versions.get(0))).isTrue();
    }

    @Test
    void thePlaceMovesTheTimeByNanosecondsOnly() {
        assertThat(versions(named("a"), TokenText.sword("2"), named("b"), named("c")))
                .extracting(Version::time)
                .containsExactly(SENT_AT, SENT_AT, SENT_AT.plusNanos(1), SENT_AT.plusNanos(2));
    }

    @Test
    void aMessageThatComesTwiceHasTheSameVersions() {
        assertThat(versions(named("a"), EARLY, named("b"))).isEqualTo(versions(named("a"), EARLY, named("b")));
    }

    @Test
    void theSameBytesAtTheSameTimeAreTheSameUpdate() {
        assertThat(valid(EARLY).version()).isEqualTo(valid(EARLY).version());
        assertThat(valid(TokenText.sword()).version())
                .isEqualTo(updates(messageWith("\"updated_at\":\"" + SENT_AT + "\",", TokenText.sword()))
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
