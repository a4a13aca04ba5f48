package dev.nftrefresh.local.model;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.local.api.ModelApi;
import dev.nftrefresh.local.queue.ModelEvent;
import dev.nftrefresh.local.sqs.DirectSqs;
import dev.nftrefresh.pass.PassThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/** The queue, a poller for each copy of the function, and the API, in virtual time. */
final class Flow {
    static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(11);
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);
    private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_RECEIVES = 1000;
    /** A poller makes so many calls of ten messages in so much time; between empty calls it waits as long polling does. */
    private static final int CALLS = 4;

    private static final Duration CALLS_TAKE = Duration.ofMillis(20);
    private static final Duration EMPTY_CALL = Duration.ofMillis(250);

    final VirtualTime time = new VirtualTime();
    final DirectSqs sqs = new DirectSqs(VISIBILITY_TIMEOUT, MAX_RECEIVES, time.clock());
    final ModelApi api;
    private final Scenario scenario;
    private final Random random;
    private final Map<String, Integer> receives = new HashMap<>();
    private long deliveries;
    private int invocations;

    /** Makes a copy of the function, which runs its requests on these threads. */
    interface Copies {
        RequestStreamHandler make(Flow flow, PassThreads threads);
    }

    Flow(Scenario scenario, Copies copies) {
        this.scenario = scenario;
        api = new ModelApi(time, scenario.api(), scenario.troubles(), scenario.seed());
        random = new Random(scenario.seed());
        for (int i = 0; i < scenario.copies(); i++) {
            time.start(() -> poll(copies));
        }
    }

    /** The copy died in the middle of an invocation. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private PassThreads threads() {
        PassThreads inner = time.passThreads();
        return new PassThreads() {
            @Override
            public void start(Runnable work) {
                inner.start(work);
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> from, Duration atMost) throws InterruptedException {
                T element = inner.poll(from, atMost);
                if (random.nextDouble() < scenario.crashes()) {
                    throw new Crash();
                }
                return element;
            }

            @Override
            public void close() {}
        };
    }

    /** One poller, with one copy after the other: each event is its own, and it sees each one through. */
    private void poll(Copies copies) {
        RequestStreamHandler copy = copies.make(this, threads());
        Deque<Message> received = new ArrayDeque<>();
        while (true) {
            ModelEvent event = gather(received);
            try {
                invoke(copy, event);
            } catch (Crash _) {
                copy = copies.make(this, threads());
            }
        }
    }

    private ModelEvent gather(Deque<Message> received) {
        var event = new ModelEvent();
        Instant end = Instant.MAX;
        while (true) {
            while (!received.isEmpty()) {
                if (!event.offer(received.peekFirst())) {
                    return event;
                }
                received.removeFirst();
            }
            if (event.size() > 0 && end.equals(Instant.MAX)) {
                end = time.now().plus(BATCHING_WINDOW);
            }
            if (!time.now().isBefore(end)) {
                return event;
            }
            receive(received);
            Duration pause = received.isEmpty() ? EMPTY_CALL : CALLS_TAKE;
            time.sleep(time.now().plus(pause).isAfter(end) ? Duration.between(time.now(), end) : pause);
        }
    }

    private void receive(Deque<Message> received) {
        for (int call = 0; call < CALLS; call++) {
            List<Message> messages = sqs.receive(10);
            for (Message message : messages) {
                deliveries++;
                receives.merge(message.messageId(), 1, Integer::sum);
                received.add(message);
                if (random.nextDouble() < scenario.duplicates()) {
                    sqs.send(message.body());
                }
            }
            if (messages.size() < 10) {
                return;
            }
        }
    }

    private void invoke(RequestStreamHandler copy, ModelEvent event) {
        var answer = new ByteArrayOutputStream();
        var context =
                ModelEvent.context("invocation-" + invocations++, time.now().plus(FUNCTION_TIMEOUT), time.clock());
        try {
            copy.handleRequest(event.json(), answer, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> staying = event.staying(answer.toByteArray());
        event.receiptHandles().forEach((id, handle) -> {
            if (!staying.contains(id)) {
                sqs.delete(handle);
            }
        });
    }

    void runUntil(BooleanSupplier end) {
        time.runUntil(end);
    }

    void runFor(Duration duration) {
        Instant end = time.now().plus(duration);
        time.runUntil(() -> !time.now().isBefore(end));
    }

    boolean isDone() {
        return sqs.depth().total() == 0;
    }

    long deliveries() {
        return deliveries;
    }

    double receivesPerMessage() {
        return (double) deliveries / receives.size();
    }

    int mostReceives() {
        return receives.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
