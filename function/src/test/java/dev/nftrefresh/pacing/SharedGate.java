package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
import static dev.nftrefresh.pacing.GateTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.Answer;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Copies of the function that ask one gate at given seconds, and an API with an honest quota that answers at once. */
final class SharedGate {
    static final Request FULL = new Request(GateTimeline.SWORDS, 250, true, false, Lane.LIVE);

    private final List<TableGate> copies;
    private final long limit;
    private double now;
    private long remaining;
    private double reset;

    /** So many copies, and so many units in each hour. */
    SharedGate(int copies, QuotaUnit unit, long limit) {
        this(copies, unit, limit, new MemoryTable());
    }

    SharedGate(int copies, QuotaUnit unit, long limit, Table table) {
        this(copies, new GateSettings(1e9, unit, 20), limit, table);
    }

    SharedGate(int copies, GateSettings settings, long limit, Table table) {
        this.copies = IntStream.range(0, copies)
                .mapToObj(i -> new TableGate(table, settings, "copy-" + i))
                .toList();
        this.limit = limit;
        remaining = limit;
        reset = 3600;
    }

    SharedGate at(double seconds) {
        now = seconds;
        if (now >= reset) {
            reset = now + 3600;
            remaining = limit;
        }
        return this;
    }

    static Request partly(int tokens) {
        return new Request(GateTimeline.SWORDS, tokens, false, false, Lane.LIVE);
    }

    Answer ask(int copy, Request size) {
        Answer answer = copies.get(copy).ask(size, t(now), PATIENCE);
        if (answer instanceof NotBefore paced && paced.retryIn().compareTo(Duration.ofNanos(1000)) <= 0) {
            now += 1e-6;
            answer = copies.get(copy).ask(size, t(now), PATIENCE);
        }
        return answer;
    }

    /** A request of this size goes, costs so much, and is answered at once. */
    int sends(int copy, Request size, long cost) {
        Answer answer = ask(copy, size);
        assertThat(answer).isInstanceOf(Granted.class);
        var granted = (Granted) answer;
        remaining -= cost;
        copies.get(copy).answered(granted.permit(), accepted(), t(now), PATIENCE);
        return granted.tokens();
    }

    private RefreshOutcome accepted() {
        Duration wait = Duration.between(t(now), t(reset));
        return new RefreshOutcome.Accepted(new Quota(limit, remaining, t(reset), wait, List.of()));
    }

    void sparesFor(int copy, Request size, double seconds) {
        assertThat(ask(copy, size)).isEqualTo(new NotBefore(GateTimeline.seconds(seconds), Why.SPARED));
    }

    void isClosedFor(int copy, double seconds) {
        assertThat(ask(copy, FULL)).isEqualTo(new NotBefore(GateTimeline.seconds(seconds), Why.CLOSED));
    }

    /** In how many seconds so many requests of this size are to come back, each of them. */
    List<Double> appointments(int copy, Request size, int count) {
        return copies.get(copy).appointments(Collections.nCopies(count, size), t(now), PATIENCE).stream()
                .map(wait -> wait.toMillis() / 1000.0)
                .toList();
    }

    /** A partly filled request of this collection is held back; in how many seconds it may go. */
    double promises(int copy, Request request) {
        return copies.get(copy).promise(request, t(now), PATIENCE).toMillis() / 1000.0;
    }

    TableGate copy(int copy) {
        return copies.get(copy);
    }

    long remaining() {
        return remaining;
    }
}
