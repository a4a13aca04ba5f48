package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.simulation.FaultRates.RequestFault;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.util.Locale;

/** The scenarios of the report, and smaller ones of the same kinds. */
final class SimulationScenarios {
    /** What a sample of Immutable's shows. */
    static final int SEEN_LIMIT = 677;
    /** So many requests that nothing waits for them. */
    static final int WITHOUT_LIMIT = 1_000_000;

    private static final int TOKENS_A_REQUEST = 250;
    private static final Duration HOUR = Duration.ofHours(1);

    private SimulationScenarios() {}

    static StandInSettings requests(int anHour, QuotaRefill refill) {
        return new StandInSettings((long) anHour, HOUR, refill, StandInQuotaUnit.REQUEST, SimulationScenario.LATENCY);
    }

    private static SimulationScenario withoutTroubles(
            String name,
            int requestsAnHour,
            QuotaRefill refill,
            SimulatedProducer producer,
            int copies,
            Duration longest) {
        return new SimulationScenario(
                name, requests(requestsAnHour, refill), producer, copies, FaultRates.NONE, longest);
    }

    /** So many windows' worth of messages with one token each, all there at once. */
    static SimulationScenario backlog(
            int windows, int requestsAnHour, QuotaRefill refill, StandInQuotaUnit unit, int copies) {
        long limit = unit == StandInQuotaUnit.TOKEN ? (long) requestsAnHour * TOKENS_A_REQUEST : requestsAnHour;
        String name = "backlog of %d windows of %,d %ss, %s, %d copies"
                .formatted(windows, limit, unit, refill, copies)
                .toLowerCase(Locale.ROOT);
        return new SimulationScenario(
                name,
                new StandInSettings(limit, HOUR, refill, unit, SimulationScenario.LATENCY),
                SimulatedProducer.backlog(windows * requestsAnHour * TOKENS_A_REQUEST),
                copies,
                FaultRates.NONE,
                HOUR.multipliedBy(windows * 2L + 2));
    }

    /** The same, each update in two messages. */
    static SimulationScenario queuedTwice(int windows, int requestsAnHour, QuotaRefill refill, int copies) {
        String name = "backlog of %d windows of %,d requests, each update queued twice, %s, %d copies"
                .formatted(windows, requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.queuedTwice(windows * requestsAnHour * TOKENS_A_REQUEST),
                copies,
                HOUR.multipliedBy(windows * 2L + 2));
    }

    /** An update now and then, and in the middle a time in which each request goes wrong in this way. */
    static SimulationScenario outage(
            Duration interval,
            Duration lasting,
            RequestFault fault,
            int requestsAnHour,
            QuotaRefill refill,
            int copies) {
        Duration from = Duration.ofMinutes(10);
        Duration until = from.plus(lasting);
        String name = "an update each %d s, %s for %d minutes, %d requests an hour, %s, %d copies"
                .formatted(
                        interval.toSeconds(),
                        fault == RequestFault.THROTTLED_IN_FRONT ? "429s without a wait" : "an api that fails",
                        lasting.toMinutes(),
                        requestsAnHour,
                        refill,
                        copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                        name,
                        requestsAnHour,
                        refill,
                        SimulatedProducer.every(interval, (int) until.plus(from).dividedBy(interval)),
                        copies,
                        until.plus(HOUR.multipliedBy(5)))
                .with(new ApiOutage(from, until, fault));
    }

    /** So many windows' worth of messages that fill a request each, all there at once. */
    static SimulationScenario fullMessages(int windows, int requestsAnHour, QuotaRefill refill, int copies) {
        String name = "backlog of %d windows of %d requests in messages of 250 tokens, %s, %d copies"
                .formatted(windows, requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.fullMessages(windows * requestsAnHour),
                copies,
                HOUR.multipliedBy(windows * 2L + 2));
    }

    /** One update a second. */
    static SimulationScenario stream(Duration lasting, int requestsAnHour, QuotaRefill refill, int copies) {
        String name = "one update a second for %d minutes, %d requests an hour, %s, %d copies"
                .formatted(lasting.toMinutes(), requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.every(Duration.ofSeconds(1), (int) lasting.toSeconds()),
                copies,
                lasting.plus(HOUR.multipliedBy(3)));
    }

    /** One update a second, while so many windows' worth of a bulk file waits in its own queue or in the same. */
    static SimulationScenario besideBulk(
            int windows, int requestsAnHour, QuotaRefill refill, UpdateLane lane, int copies) {
        return besideBulk(windows, requestsAnHour, refill, lane, copies, 0);
    }

    /** The same beside a bulk file of another collection, in its own queue. */
    static SimulationScenario besideOtherBulk(int windows, int requestsAnHour, QuotaRefill refill, int copies) {
        return besideBulk(windows, requestsAnHour, refill, UpdateLane.BULK, copies, 1);
    }

    private static SimulationScenario besideBulk(
            int windows, int requestsAnHour, QuotaRefill refill, UpdateLane lane, int copies, int collection) {
        String name = "one update a second beside a bulk file%s of %d windows of %d requests, %s, %s, %d copies"
                .formatted(
                        collection == 0 ? "" : " of another collection",
                        windows,
                        requestsAnHour,
                        refill,
                        lane == UpdateLane.BULK ? "two queues" : "one queue",
                        copies)
                .toLowerCase(Locale.ROOT);
        int live = (int) HOUR.multipliedBy(windows).toSeconds();
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.besideBulk(Duration.ofSeconds(1), live, windows * requestsAnHour, collection, lane),
                copies,
                HOUR.multipliedBy(2L * windows + 2));
    }

    /** One update a second beside so many full messages of another collection, of which the API refuses one token of so many. */
    static SimulationScenario besideRefused(
            int messages, int refusedOf, int requestsAnHour, QuotaRefill refill, int copies) {
        int live = (int) HOUR.toSeconds();
        String name =
                "one update a second beside %d messages of 250 tokens of another collection, one of %d tokens refused, %d requests an hour, %s, %d copies"
                        .formatted(messages, refusedOf, requestsAnHour, refill, copies)
                        .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                        name,
                        requestsAnHour,
                        refill,
                        SimulatedProducer.besideBulk(Duration.ofSeconds(1), live, messages, 1, UpdateLane.LIVE),
                        copies,
                        HOUR.multipliedBy(12))
                .withRefusedOf(refusedOf);
    }

    /** One collection with an update each 10 s beside others that always have some, with that limit or without. */
    static SimulationScenario quietBesideBusy(int busy, int requestsAnHour, QuotaRefill refill, int copies) {
        Duration lasting = HOUR.multipliedBy(2);
        String name = "an update each 10 s beside %d busy collections, %,d requests an hour, %s, %d copies"
                .formatted(busy, requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.quietBesideBusy(Duration.ofSeconds(10), busy, lasting),
                copies,
                lasting.plus(HOUR.multipliedBy(3)));
    }

    /** One collection with an update now and then beside so many full live requests of another one. */
    static SimulationScenario quietBesideBacklog(
            Duration interval, int requests, int requestsAnHour, QuotaRefill refill, int copies) {
        int hours = 1 + requests / requestsAnHour;
        String name =
                "an update each %d s beside %,d full live requests of another collection, %d requests an hour, %s, %d copies"
                        .formatted(interval.toSeconds(), requests, requestsAnHour, refill, copies)
                        .toLowerCase(Locale.ROOT);
        int live = (int) HOUR.multipliedBy(hours).dividedBy(interval);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.besideBulk(interval, live, requests, 1, UpdateLane.LIVE),
                copies,
                HOUR.multipliedBy(3L * hours + 2));
    }

    /** So many collections with an update each 10 minutes. */
    static SimulationScenario collections(int collections, int requestsAnHour, QuotaRefill refill, int copies) {
        Duration interval = Duration.ofMinutes(10);
        int times = 24;
        String name = "%,d collections with an update each 10 minutes, %d requests an hour, %s, %d copies"
                .formatted(collections, requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.collections(collections, interval, times),
                copies,
                interval.multipliedBy(times).plus(HOUR.multipliedBy(5)));
    }

    /** So many collections with one update each, all there at once. */
    static SimulationScenario oneUpdateEach(int collections, int requestsAnHour, QuotaRefill refill, int copies) {
        String name = "%,d collections with one update each at once, %d requests an hour, %s, %d copies"
                .formatted(collections, requestsAnHour, refill, copies)
                .toLowerCase(Locale.ROOT);
        return withoutTroubles(
                name,
                requestsAnHour,
                refill,
                SimulatedProducer.collections(collections, Duration.ofMillis(1), 1),
                copies,
                HOUR.multipliedBy(2L + collections / requestsAnHour));
    }

    /** Tokens that change often, while everything goes wrong that can. */
    static SimulationScenario chaos(int tokens, int requestsInAWindow, FaultRates failureListener) {
        int versions = 5;
        String name = "%,d tokens updated %d times each in chaos%s, 4 copies"
                .formatted(tokens, versions, failureListener.tableFailed() > 0 ? " with a table that fails" : "");
        return new SimulationScenario(
                name,
                StandInSettings.perWindow(requestsInAWindow, Duration.ofMinutes(2)),
                SimulatedProducer.churn(tokens, versions, Duration.ofMinutes(5), Duration.ofMinutes(2), 0.05),
                4,
                failureListener,
                HOUR.multipliedBy(24));
    }

    /** A small scenario that is another one where this idea is switched off. */
    static SimulationScenario needing(ComparedIdea idea) {
        QuotaRefill refill = QuotaRefill.WINDOW;
        Duration second = Duration.ofSeconds(1);
        return switch (idea) {
            case OURS, WITHOUT_LATE_PREVIEW -> fullMessages(3, 4, refill, 2);
            case WITHOUT_RETURN_TIMES -> fullMessages(10, 4, refill, 2);
            case NAIVE, WITHOUT_RETURN_GROUPS -> backlog(2, 4, refill, StandInQuotaUnit.REQUEST, 2);
            case WITHOUT_UNIT_DETECTION -> backlog(2, 40, refill, StandInQuotaUnit.TOKEN, 2);
            case WITHOUT_WAITING_UPDATES, WITHOUT_EVEN_SPENDING -> stream(Duration.ofMinutes(20), 60, refill, 2);
            case WITHOUT_RESERVED_TIMES -> collections(20, 60, refill, 2);
            case WITHOUT_PREVIEW, WITHOUT_TOKEN_INTERVAL, WITHOUT_LATEST_WINS -> chaos(100, 3, FaultRates.CHAOS);
            case WITHOUT_PROBE -> outage(second, Duration.ofMinutes(30), RequestFault.FAILED, 240, refill, 2);
            case WITHOUT_BACKOFF ->
                outage(second, Duration.ofMinutes(30), RequestFault.THROTTLED_IN_FRONT, 240, refill, 2);
            case WITHOUT_SHARED_CALLS -> besideBulk(1, 240, refill, UpdateLane.BULK, 2);
            case WITHOUT_RESERVE, WITHOUT_SECOND_QUEUE -> besideOtherBulk(1, 20, refill, 2);
            case WITHOUT_SEARCH_SHARE -> besideRefused(4, 25, 60, refill, 2);
        };
    }
}
