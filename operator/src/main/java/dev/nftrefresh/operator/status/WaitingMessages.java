package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the queues of updates, live and bulk.
 *
 * @param through when all of it will be done at the rate of the last hour; null if unknown
 */
public record WaitingMessages(long count, @Nullable Instant through) {
    /** Asks for a stack's. */
    public static WaitingMessages read(DeployedStack stack, OperatorClients clients, boolean paused, Instant now) {
        StackMetrics metrics = StackMetrics.read(clients.cloudWatch(), stack, now);
        return of(QueueStatus.readAll(stack, clients.sqs(), metrics, InstantSource.fixed(now)), paused, now);
    }

    static WaitingMessages of(List<QueueStatus> queues, boolean paused, Instant now) {
        long count = 0;
        Instant through = now;
        for (QueueStatus queue : queues) {
            if (queue.queue() == QueueStatus.Queue.FILES) {
                continue;
            }
            count += queue.messages();
            through = switch (BacklogForecast.of(queue, paused, now)) {
                case BacklogForecast.Empty _, BacklogForecast.Few _ -> through;
                case BacklogForecast.Through(Instant at, boolean _) ->
                    through == null || through.isAfter(at) ? through : at;
                case BacklogForecast.Paused _, BacklogForecast.Unknown _, BacklogForecast.OutOfReach _ -> null;
            };
        }
        return new WaitingMessages(count, now.equals(through) ? null : through);
    }
}
