package dev.nftrefresh.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottledRequestSizeTest {
    private ThrottledRequestSize size = new ThrottledRequestSize(new ItemFields());
    private long inARow;

    private void throttled(int times) {
        for (int i = 0; i < times; i++) {
            size.throttled(size.tokens(), ++inARow, Duration.ofMinutes(inARow - 1));
            size = readAgain();
        }
    }

    private void accepted(int times) {
        for (int i = 0; i < times; i++) {
            inARow = 0;
            size.accepted(size.tokens());
            size = readAgain();
        }
    }

    /** Another copy continues from the item. */
    private ThrottledRequestSize readAgain() {
        var fields = new ItemFields();
        size.writeTo(fields);
        return new ThrottledRequestSize(fields);
    }

    @Test
    void itHalvesWithEach429AfterTwelveInARowDownToOneToken() {
        throttled(12);
        assertThat(size.tokens()).isEqualTo(250);
        throttled(1);
        assertThat(size.tokens()).isEqualTo(125);
        throttled(1);
        assertThat(size.tokens()).isEqualTo(62);
        throttled(100);
        assertThat(size.tokens()).isEqualTo(1);
    }

    @Test
    void afterAnOutageItIsFullAgainWithinAFewAcceptances() {
        throttled(100);

        accepted(8);

        assertThat(size.tokens()).isEqualTo(250);
    }

    @Test
    void aDoubledSizeThatIsThrottledIsTriedAgainAfterTenAcceptances() {
        throttled(15); // 31 of a quota of 52
        accepted(1);
        assertThat(size.tokens()).isEqualTo(62);
        throttled(2);
        assertThat(size.tokens()).isEqualTo(31);
        accepted(10);
        assertThat(size.tokens()).isEqualTo(31);
        accepted(1);
        assertThat(size.tokens()).isEqualTo(62);
    }

    /** A limiter in front that counts requests, and lets one through in so many seconds. */
    @Test
    void aDoubledSizeMayBeThrottledForSomeSeconds() {
        throttled(100);
        for (int i = 0; i < 8; i++) {
            accepted(1);
            throttled(1);
        }

        assertThat(size.tokens()).isEqualTo(250);
    }

    @Test
    void anOrdinary429MakesNothingSmaller() {
        throttled(100);
        accepted(9);

        inARow = 0;
        throttled(1);

        assertThat(size.tokens()).isEqualTo(250);
    }

    @Test
    void smallerRequestsSayNothing() {
        size.throttled(125, 100, Duration.ofHours(1));
        assertThat(size.tokens()).isEqualTo(250);

        throttled(13);
        size.accepted(62);
        assertThat(size.tokens()).isEqualTo(125);
    }
}
