package dev.nftrefresh.local.virtualtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final List<String> happened = new ArrayList<>();

    private void note(VirtualTime time, String what) {
        happened.add(Duration.between(VirtualTime.START, time.now()).toSeconds() + " " + what);
    }

    @Test
    void hoursPassAtOnceAndEverythingHappensInItsOrder() {
        try (var time = new VirtualTime()) {
            time.start(() -> {
                time.sleep(Duration.ofHours(2));
                note(time, "second");
            });
            time.start(() -> {
                time.sleep(Duration.ofHours(1));
                note(time, "first");
            });
            time.sleep(Duration.ofHours(3));
            note(time, "third");
        }

        assertThat(happened).containsExactly("3600 first", "7200 second", "10800 third");
    }

    @Test
    void aSignalWakesItsWaiter() {
        try (var time = new VirtualTime()) {
            var bell = new WakeUpSignal(time);
            time.start(() -> {
                bell.await(time.now().plusSeconds(100));
                note(time, "woken");
                bell.await(time.now().plusSeconds(100));
                note(time, "waited");
            });
            time.sleep(Duration.ofSeconds(7));
            bell.ring();
            time.sleep(Duration.ofSeconds(500));
        }

        assertThat(happened).containsExactly("7 woken", "107 waited");
    }

    @Test
    void aCrashedThreadNeverContinues() {
        try (var time = new VirtualTime()) {
            time.start(() -> {
                time.current().killAt(time.now().plusSeconds(5));
                assertThatThrownBy(() -> time.sleep(Duration.ofSeconds(9))).isInstanceOf(ActivityKilledError.class);
                note(time, "dead");
            });
            time.sleep(Duration.ofSeconds(20));
        }

        assertThat(happened).containsExactly("5 dead");
    }

    @Test
    void anUnexpectedExceptionOfAnActivityEndsTheRun() {
        try (var time = new VirtualTime()) {
            time.start(() -> {
                throw new IllegalArgumentException("not foreseen");
            });

            assertThatThrownBy(() -> time.sleep(Duration.ofSeconds(1))).hasRootCauseMessage("not foreseen");
        }
    }
}
