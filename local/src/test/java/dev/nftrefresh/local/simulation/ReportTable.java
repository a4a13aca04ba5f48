package dev.nftrefresh.local.simulation;

import java.time.Duration;
import java.util.Locale;

/** Writes runs as rows of a table. */
final class ReportTable {
    static final String HEAD = """
            | scenario | | quota used while there is backlog | tokens a request then | requests | 429 | receives a message, mean / most | wait median / p95 / p99 | longest silence | stale overwrites | lost | hours |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private ReportTable() {}

    /** The whole page. */
    static String page(String rows) {
        return """
                # What a simulation shows

                The function itself runs in virtual time, with the local queue and the stand-in's limits. Hours of a
                limit pass in seconds, and the same seed gives the same figures. A command writes this page:

                    mvn test -pl local -am -Dtest=SimulationReport -Dsurefire.failIfNoSpecifiedTests=false

                With `-Dnft-refresh.scenarios=REGEX` only the rows run whose name and idea match, such as
                `"chaos.*ours"`, and the page stays as it is. With `-Dnft-refresh.trace=FILE` each request leaves a
                line: seconds, copy, tokens, status (0: no answer) and what was left of the quota. With
                `-Dnft-refresh.merge=true` the rows that ran take the place of theirs here, and the pictures are drawn again.

                ## What is compared

                **naive** is the same flow with the ideas switched off: each event's requests go at once, what a 429
                refuses returns by its `retry-after`, and nobody knows which update of a token was accepted before.
                **ours** is the function as it is deployed. The first scenarios compare both; the others are of the
                function alone.

                Beside a bulk file, whose messages each fill a request, the waits are those of the one update a second.
                With two queues it has a queue of its own, as in the stack; with one queue both share it.

                ## The model

                - **Queue and event source mapping.** A standard queue delivers what is visible in no order. Each copy
                  of the function has a poller of its own, which gathers an event of up to 10,000 messages and 6 MB for
                  5 s, ten messages every 10 ms. The queue's visibility timeout is 660 s, the function's timeout 60 s,
                  and at most 120,000 messages are in flight.
                - **API and table.** The API answers after 0.3 s, the table after 4 ms, and the stack makes at most 4
                  requests a second.
                - **Messages** have one token and some 330 bytes, unless the row says otherwise.
                - **Chaos.** 23 % of the requests fail: a 429 of the limiter in front, 500, 503, no answer in time, or a
                  cut connection. Half of those without an answer are applied, many up to a minute late. 10 % of the
                  invocations die in the middle, and 3 % of the deliveries come twice. Producers queue updates up to two
                  minutes late, and 5 % of them twice. A table that fails does so in 1 % of its calls, and half of the
                  writes that fail are written.

                ## What the columns say

                - **Quota used.** Of a limit by windows: what was spent in each window that opened while a window's
                  quota or more waited, by the time until the next one opened. Of a steady limit: what was spent of what
                  it allowed until less than its whole bucket waited.
                - **Stale overwrites** are updates accepted after a newer one of the same token. Those in brackets
                  overwrote an update that was applied although nobody heard of it.
                - **Lost** is an update that was not accepted, was not followed by a newer one that was accepted, and is
                  not in the dead-letter queue.

                ## In pictures

                Drawn out of the table below and the numbers in [pictures](pictures) by the command above; a test fails where they
                differ. Drawn again, without the runs: the same command with `-Dtest=PictureReport`.

                A backlog takes as long either way, because the quota decides. Sent at once, it takes six times as many requests, and most
                of them are refused:

                ![Updates that wait, and requests made so far, over the hours of a backlog](pictures/backlog.svg)

                With one update a second sent at once, nothing is left of the quota long before the hour is over, and what comes then
                waits for the next hour:

                ![Requests left of the quota and updates that wait, over three hours](pictures/quota.svg)

                The same as a distribution: which share of the updates was accepted after so long.

                ![Share of the updates accepted after so long, in three scenarios](pictures/waits.svg)

                ## The figures

                """ + HEAD + rows;
    }

    static String row(ScenarioRun run) {
        UpdateTracker updates = run.updates();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %,d | %.1f %% | %.2f / %d | %s / %s / %s | %s | %s | %s | %.1f |",
                run.scenario().name(),
                idea(run),
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

    static String idea(ScenarioRun run) {
        return run.idea().name().toLowerCase(Locale.ROOT);
    }

    private static String stale(UpdateTracker updates) {
        return updates.stale() == 0
                ? "0"
                : String.format(Locale.ROOT, "%,d (%,d)", updates.stale(), updates.staleOverUnheard());
    }

    private static String lost(LostUpdates loss) {
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
