package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits in the table when LatestWins is disabled: each copy knows nothing then but what it remembers itself. */
final class WaitingUpdatesOfEarlierSettingTest {
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    private final InMemoryTable table = new InMemoryTable();
    private final PassRunner run = new PassRunner(_ -> ScriptedApi.ACCEPTED);

    @Test
    void anUpdateThatWaitedThereBeforeDoesNotUndoANewerOne() {
        Instant now = run.now();
        QueuedUpdate older = new QueuedUpdateBuilder(now).addMadeAt(SWORDS, "1", now.minusSeconds(60));
        new TableWaitingUpdateStore(table, "copy", () -> now)
                .add(
                        List.of(older.token()),
                        WaitingUpdateStore.WaitingUpdates.EMPTY,
                        now.plusSeconds(300),
                        now,
                        AT_MOST);
        // Meanwhile its own message went, full, and a newer update of the token. Then LatestWins was disabled.
        run.withWaitingStore(TableWaitingUpdateStore.ofReservedTimes(table, "copy-2", () -> run.now()));
        var queued = new QueuedUpdateBuilder(run.now());
        queued.add(SWORDS, "77");

        run.over(queued.updates());

        assertThat(run.api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).containsExactly("77"));
    }
}
