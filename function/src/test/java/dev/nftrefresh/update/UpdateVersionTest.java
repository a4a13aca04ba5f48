package dev.nftrefresh.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UpdateVersionTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void ordersAnyTwoTheSameWhicheverIsAskedFirst() {
        SeededProperty.of("any two are ordered the same whichever is asked first")
                .check(choices -> {
                    int nanos = choices.note("nanos", choices.between(0, 2));
                    long hash = choices.note("hash", choices.between(Long.MIN_VALUE, Long.MAX_VALUE));
                    int otherNanos = choices.note("other nanos", choices.between(0, 2));
                    long otherHash = choices.note(
                            "other hash",
                            choices.chance(1, 10) ? hash : choices.between(Long.MIN_VALUE, Long.MAX_VALUE));
                    var one = new UpdateVersion(NOON.plusNanos(nanos), hash);
                    var other = new UpdateVersion(NOON.plusNanos(otherNanos), otherHash);

                    assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
                    assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
                    assertThat(one.isNewerThan(other)).isEqualTo(one.compareTo(other) > 0);
                });
    }

    @Test
    void theLaterTimeIsNewerWhateverTheHash() {
        assertThat(new UpdateVersion(NOON.plusNanos(1), 0).isNewerThan(new UpdateVersion(NOON, -1)))
                .isTrue();
        assertThat(new UpdateVersion(NOON, -1).isNewerThan(new UpdateVersion(NOON.plusNanos(1), 0)))
                .isFalse();
    }

    /** As the 16 hexadecimal digits of a hash are ordered, which is how a table compares them. */
    @Test
    void hashesAreOrderedWithoutSign() {
        assertThat(new UpdateVersion(NOON, -1).isNewerThan(new UpdateVersion(NOON, 1)))
                .isTrue();
        assertThat(new UpdateVersion(NOON, Long.MIN_VALUE).isNewerThan(new UpdateVersion(NOON, Long.MAX_VALUE)))
                .isTrue();
    }

    @Test
    void isNotNewerThanItself() {
        assertThat(new UpdateVersion(NOON, 5).isNewerThan(new UpdateVersion(NOON, 5)))
                .isFalse();
    }

    @Test
    void anyChangedByteChangesTheHash() {
        SeededProperty.of("any changed byte changes the hash").check(choices -> {
            byte[] bytes = choices.note("bytes", choices.bytes(0, 255));
            int place = choices.note("place", choices.between(0, 1_000));
            byte to = choices.note("to", (byte) choices.between(0, 255));
            if (bytes.length > 0 && bytes[place % bytes.length] != to) {
                byte[] changed = bytes.clone();
                changed[place % bytes.length] = to;
                assertThat(hash(changed)).isNotEqualTo(hash(bytes));
            }
            assertThat(hash(bytes.clone())).isEqualTo(hash(bytes));
        });
    }

    /** Versions outlive a deployment in the table, so the hash may never change. */
    @Test
    void theHashIsTheOneStoredInTheTable() {
        assertThat(hash("{\"token_id\":\"1\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(0x3ebf531c_8e1eb970L);
    }

    private static long hash(byte[] bytes) {
        return new TokenJson(bytes, 0, bytes.length).hash();
    }
}
