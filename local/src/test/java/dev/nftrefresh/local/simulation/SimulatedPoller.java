package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.sqs.LambdaEvent;
import dev.nftrefresh.local.sqs.ReceivedRecord;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.virtualtime.ActivityKilledError;
import dev.nftrefresh.local.virtualtime.VirtualActivity;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.local.virtualtime.WakeUpSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Gathers events for one place of the event source mapping, and sees each one through with the copy that runs there. */
final class SimulatedPoller implements Runnable {
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);
    /** Ten messages: a poller gathers some 5,000 in a batching window. */
    private static final Duration A_CALL = Duration.ofMillis(10);

    private static final Duration LONG_POLLING = Duration.ofSeconds(20);
    /** What settling takes for each message, as {@code InvocationDeadline} reckons with a millisecond at most. */
    private static final Duration SETTLING = Duration.ofNanos(200_000);

    private static final long LATEST_DEATH_MILLIS = 4_000;
    private static final int MOST_CALLS_BEFORE_DEATH = 20;

    private final VirtualTime time;
    private final SimulatedReceiver receiver;
    private final SimulatedQueue queue;
    private final WakeUpSignal bell;
    private final Supplier<SimulatedCopy> copies;
    private final double crashed;
    private final RandomGenerator random;
    private final String name;
    private final Deque<ReceivedRecord> leftOver = new ArrayDeque<>();
    private SimulatedCopy copy;
    private int invocations;

    SimulatedPoller(
            String name,
            VirtualTime time,
            SimulatedReceiver receiver,
            SimulatedQueue queue,
            WakeUpSignal bell,
            Supplier<SimulatedCopy> copies,
            double crashed,
            RandomGenerator random) {
        this.name = name;
        this.time = time;
        this.receiver = receiver;
        this.queue = queue;
        this.bell = bell;
        this.copies = copies;
        this.crashed = crashed;
        this.random = random;
        copy = copies.get();
    }

    @Override
    public void run() {
        while (true) {
            invoke(gather());
        }
    }

    private LambdaEvent gather() {
        var event = new LambdaEvent();
        // What did not fit into the event before waits in this one already.
        Instant end = leftOver.isEmpty() ? Instant.MAX : time.now().plus(BATCHING_WINDOW);
        while (fill(event) && time.now().isBefore(end)) {
            leftOver.addAll(receiver.receive());
            if (leftOver.isEmpty()) {
                await(end);
            } else {
                time.sleep(A_CALL);
                end = event.isEmpty() && end.equals(Instant.MAX) ? time.now().plus(BATCHING_WINDOW) : end;
            }
        }
        return event;
    }

    /** Nothing is there: until something becomes visible, or the window ends. */
    private void await(Instant end) {
        Instant until = time.now().plus(LONG_POLLING);
        Instant visible = queue.nextVisible().orElse(until);
        until = visible.isBefore(until) ? visible : until;
        bell.await(until.isBefore(end) ? until : end);
        if (time.now().isBefore(end)) {
            time.sleep(A_CALL);
        }
    }

    /** Moves what was received into the event, and says whether it takes more. */
    private boolean fill(LambdaEvent event) {
        while (!leftOver.isEmpty()) {
            if (!event.offer(leftOver.element())) {
                return false;
            }
            leftOver.remove();
        }
        return true;
    }

    private void invoke(LambdaEvent event) {
        VirtualActivity self = time.current();
        self.killAt(time.now().plus(SimulatedCopy.FUNCTION_TIMEOUT));
        boolean dies = random.nextDouble() < crashed;
        if (dies && random.nextBoolean()) {
            self.killAt(time.now().plusMillis(random.nextLong(LATEST_DEATH_MILLIS)));
        } else if (dies) {
            copy.dieAfterCalls(random.nextInt(MOST_CALLS_BEFORE_DEATH));
        }
        try {
            byte[] answer = copy.invoke(event, name + "/" + invocations++);
            time.sleep(SETTLING.multipliedBy(event.size()));
            self.killAt(Instant.MAX);
            event.done(answer).forEach(queue::delete);
            copy.dieAfterCalls(Integer.MAX_VALUE);
        } catch (ActivityKilledError _) {
            self.killAt(Instant.MAX);
            copy = copies.get();
        } catch (IllegalStateException e) {
            // Its calls of SQS run on threads of their own, and what they die of comes wrapped.
            if (!(e.getCause() instanceof ActivityKilledError)) {
                throw e;
            }
            self.killAt(Instant.MAX);
            copy = copies.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
