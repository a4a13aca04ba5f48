package dev.nftrefresh.local.simulation;

import java.time.Duration;
import java.util.Locale;

/** Writes runs as rows of a table. */
final class Report {
    static final String HEAD = """
            | scenario | | quota used while there is backlog | tokens a request then | requests | 429 | receives a message, mean / most | wait median / p95 / p99 | longest silence | stale overwrites | lost | hours |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private Report() {}

    /** The whole page. */
    static String page(String rows) {
        return """
                # What a simulation shows

                The function itself runs in virtual time, with the local queue and the stand-in's limits: hours of a limit
                pass in seconds, and the same seed gives the same figures. This page is written by

                    mvn test -pl local -am -Dtest=SimulationReport -Dsurefire.failIfNoSpecifiedTests=false

                and not by hand. With `-Dnft-refresh.scenarios=REGEX` only the rows run in whose name and idea the expression
                is found, such as `"chaos.*ours"`, and the page stays as it is; with `-Dnft-refresh.trace=FILE` each request
                leaves a line: seconds, copy, tokens, status (0: no answer) and what was left of the quota.

                **naive** is the same flow with the ideas switched off: each event's requests go when it comes, what a 429
                refuses returns by its `retry-after`, and nobody knows what of a token was accepted before. **ours** is the
                function as it is deployed. The rows of the first scenarios compare both; the others are of the function alone.

                Beside a bulk file, of whose messages each fills a request, the waits are those of the one update a second; with two
                queues it has one of its own, as the stack gives it, and with one queue both share that.

                The model: a standard queue hands out what is visible in no order. Each copy of the function has a poller of its
                own, which gathers an event of up to 10,000 messages and 6 MB for 5 s, ten messages every 10 ms; the queue's
                visibility timeout is 660 s, the function's timeout 60 s, and 120,000 messages are in flight at most. The API
                answers after 0.3 s, the table after 4 ms, and the stack makes 4 requests a second at most. Messages have one
                token and some 330 bytes, where the row says nothing else. In chaos 23 % of the requests fail (429 of the limiter in front, 500, 503, no answer in
                time, connection cut; half of those without an answer are applied, many up to a minute late), 10 % of the
                invocations die in the middle, 3 % of the deliveries come twice; producers queue
                updates up to two minutes late and 5 % of them twice. A table that fails does so in 1 % of its calls, and half of the
                writes that fail are written.

                Quota used: of a limit by windows, what was spent in each window that opened while a window's quota or more
                waited, by the time until the next one opened; of a steady limit, what was spent by what it allowed until less
                than its whole bucket waited. Of stale overwrites those in brackets undid an update that was applied although
                nobody heard so. Lost is an update that was neither accepted nor followed by a newer one that was, and is not in
                the dead-letter queue.

                """ + HEAD + rows;
    }

    static String row(Run run) {
        Updates updates = run.updates();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %,d | %.1f %% | %.2f / %d | %s / %s / %s | %s | %s | %s | %.1f |",
                run.scenario().name(),
                run.idea().name().toLowerCase(Locale.ROOT),
                known("%.1f %%", run.quotaUse().share() * 100),
                known("%.1f", run.quotaUse().tokensPerRequest()),
                run.requests().all(),
                run.requests().throttledShare() * 100,
                run.allReceives().perMessage(),
                run.allReceives().most(),
                seconds(run.liveWait(0.5)),
                seconds(run.liveWait(0.95)),
                seconds(run.liveWait(0.99)),
                seconds(updates.longestSilence()),
                stale(updates),
                lost(run.loss()),
                run.took().toMillis() / 3.6e6);
    }

    private static String stale(Updates updates) {
        return updates.stale() == 0
                ? "0"
                : String.format(Locale.ROOT, "%,d (%,d)", updates.stale(), updates.staleOverUnheard());
    }

    private static String lost(Loss loss) {
        if (loss.waiting() > 0) {
            return String.format(Locale.ROOT, "%,d still wait", loss.waiting());
        }
        return loss.rejected() == 0 ? String.valueOf(loss.lost()) : loss.lost() + ", rejected " + loss.rejected();
    }

    private static String known(String format, double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, format, figure) : "";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%,.0f s", time.toMillis() / 1e3);
    }
}
