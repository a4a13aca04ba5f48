package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a producer queues: of so many tokens so many versions, each at its time, some of them twice.
 *
 * @param live of the tokens are these first ones; the others come out of a bulk file
 */
record SimulatedProducer(int tokens, int live, int versions, ProducerPlan plan) {
    private static final int A_REQUEST = 250;

    /** One message with the next so many tokens of a collection, from this one on. */
    record ProducedMessage(
            Duration at, int collection, int token, int tokens, int version, Duration madeAt, UpdateLane lane) {
        ProducedMessage(Duration at, int token, int version, Duration madeAt) {
            this(at, 0, token, 1, version, madeAt, UpdateLane.LIVE);
        }

        /** One token of that collection, which changed just then. */
        static ProducedMessage of(int collection, int token, Duration at) {
            return new ProducedMessage(at, collection, token, 1, 1, at, UpdateLane.LIVE);
        }
    }

    /** Says what is queued when. */
    @FunctionalInterface
    interface ProducerPlan {
        List<ProducedMessage> messages(RandomGenerator random);
    }

    /** All at once. */
    static SimulatedProducer backlog(int tokens) {
        return every(Duration.ZERO, tokens);
    }

    /** All at once, and each a second time in a message of its own. */
    static SimulatedProducer queuedTwice(int tokens) {
        return new SimulatedProducer(tokens, tokens, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>(2 * tokens);
            for (int i = 0; i < 2 * tokens; i++) {
                messages.add(ProducedMessage.of(0, i % tokens, Duration.ZERO));
            }
            return messages;
        });
    }

    /** So many messages that fill a request each, all at once. */
    static SimulatedProducer fullMessages(int requests) {
        int tokens = requests * A_REQUEST;
        return new SimulatedProducer(tokens, tokens, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>(requests);
            for (int token = 0; token < tokens; token += A_REQUEST) {
                messages.add(
                        new ProducedMessage(Duration.ZERO, 0, token, A_REQUEST, 1, Duration.ZERO, UpdateLane.LIVE));
            }
            return messages;
        });
    }

    /** One after the other. */
    static SimulatedProducer every(Duration interval, int tokens) {
        return new SimulatedProducer(tokens, tokens, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>(tokens);
            for (int token = 0; token < tokens; token++) {
                Duration at = interval.multipliedBy(token);
                messages.add(ProducedMessage.of(0, token, at));
            }
            return messages;
        });
    }

    /**
     * One token after the other changes, while a bulk file's messages of whole requests wait.
     *
     * @param collection of the bulk file; that of the one token after the other is 0
     * @param lane of the bulk file's messages: whether they have a queue of their own
     */
    static SimulatedProducer besideBulk(
            Duration interval, int live, int bulkRequests, int collection, UpdateLane lane) {
        int tokens = live + bulkRequests * A_REQUEST;
        return new SimulatedProducer(tokens, live, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>(live + bulkRequests);
            for (int token = live; token < tokens; token += A_REQUEST) {
                messages.add(new ProducedMessage(Duration.ZERO, collection, token, A_REQUEST, 1, Duration.ZERO, lane));
            }
            for (int token = 0; token < live; token++) {
                Duration at = interval.multipliedBy(token);
                messages.add(ProducedMessage.of(0, token, at));
            }
            return messages;
        });
    }

    /** One collection in which a token changes now and then, beside so many others in which one changes each second. */
    static SimulatedProducer quietBesideBusy(Duration interval, int busy, Duration lasting) {
        int quiet = (int) lasting.dividedBy(interval);
        int seconds = (int) lasting.toSeconds();
        return new SimulatedProducer(quiet + busy * seconds, quiet, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>();
            for (int token = 0; token < quiet; token++) {
                messages.add(ProducedMessage.of(0, token, interval.multipliedBy(token)));
            }
            for (int i = 0; i < busy * seconds; i++) {
                messages.add(ProducedMessage.of(1 + i % busy, quiet + i, Duration.ofSeconds(i / busy)));
            }
            messages.sort(Comparator.comparing(ProducedMessage::at));
            return messages;
        });
    }

    /** In each of so many collections a token changes now and then, in one after the other. */
    static SimulatedProducer collections(int collections, Duration interval, int times) {
        return new SimulatedProducer(collections * times, collections * times, 1, _ -> {
            var messages = new ArrayList<ProducedMessage>();
            for (int token = 0; token < collections * times; token++) {
                Duration at = interval.multipliedBy(token).dividedBy(collections);
                messages.add(ProducedMessage.of(token % collections, token, at));
            }
            return messages;
        });
    }

    /**
     * Each token changes often; its updates reach the queue up to a while after they were made, so in another order, and
     * some come twice.
     */
    static SimulatedProducer churn(int tokens, int versions, Duration within, Duration lateBy, double twice) {
        return new SimulatedProducer(tokens, tokens, versions, random -> {
            var messages = new ArrayList<ProducedMessage>();
            for (int token = 0; token < tokens; token++) {
                for (int version = 1; version <= versions; version++) {
                    long slot = within.toMillis() / versions;
                    Duration made = Duration.ofMillis(slot * (version - 1) + random.nextLong(slot));
                    do {
                        Duration late = Duration.ofMillis(random.nextLong(lateBy.toMillis()));
                        messages.add(new ProducedMessage(made.plus(late), token, version, made));
                    } while (random.nextDouble() < twice);
                }
            }
            messages.sort(Comparator.comparing(ProducedMessage::at));
            return messages;
        });
    }

    static String body(ProducedMessage message) {
        Instant madeAt = VirtualTime.START.plus(message.madeAt());
        return SimulatedMessages.of(message.collection(), message.token(), message.tokens(), message.version(), madeAt);
    }
}
