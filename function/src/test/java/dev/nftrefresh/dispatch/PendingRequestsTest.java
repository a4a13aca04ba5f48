package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingRequestsTest {
    private final Instant now = Instant.now();
    private final QueuedUpdateBuilder queued = new QueuedUpdateBuilder(now);
    private final QueuedUpdate first = queued.add(SWORDS, "1");
    private final QueuedUpdate second = queued.add(SWORDS, "2");
    private final QueuedUpdate other = queued.add(SHIELDS, "1");
    private final PendingRequests pending =
            new PendingRequests(new TokenCoalescer(queued.updates(), new TokenOutcomes(3)));

    @Test
    void whatFailedWithOthersIsNotPlannedWithOthersAgain() {
        pending.addLast(PlannedRequest.of(List.of(first)).failedAgain());
        pending.addLast(PlannedRequest.of(List.of(second)));

        assertThat(pending.takeAll()).containsExactly(second);
        assertThat(pending.next(now))
                .isEqualTo(PlannedRequest.of(List.of(first)).failedAgain());
    }

    @Test
    void whatProbesACollectionIsNotPlannedBehindWhatWaitsForIt() {
        pending.addLast(PlannedRequest.separate(List.of(first)));
        pending.holdForProbe(SWORDS, List.of(PlannedRequest.of(List.of(second))));
        pending.addLast(PlannedRequest.of(List.of(other)));

        assertThat(pending.takeAll()).containsExactly(other);
        assertThat(pending.next(now)).isEqualTo(PlannedRequest.separate(List.of(first)));
    }
}
