package dev.nftrefresh.local.simulation;

import java.time.Duration;
import java.util.Locale;

/** Writes runs as rows of a table. */
final class Report {
    static final String HEAD = """
            | scenario | | quota used while there is backlog | tokens a request then | requests | 429 | receives a message, mean / most | wait median / p99 | longest silence | stale overwrites | lost | hours |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private Report() {}

    /** The whole page. */
    static String page(String rows) {
        return """
                # What a simulation shows

                """ + HEAD + rows;
    }

    static String row(Run run) {
        Updates updates = run.updates();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %,d | %.1f %% | %.2f / %d | %s / %s | %s | %,d | %s | %.1f |",
                run.scenario().name(),
                run.idea().name().toLowerCase(Locale.ROOT),
                known("%.1f %%", run.quotaUse().share() * 100),
                known("%.1f", run.quotaUse().tokensPerRequest()),
                run.requests().all(),
                run.requests().throttledShare() * 100,
                run.receiver().receivesPerMessage(),
                run.receiver().mostReceives(),
                seconds(updates.wait(0.5)),
                seconds(updates.wait(0.99)),
                seconds(updates.longestSilence()),
                updates.stale(),
                lost(run.loss()),
                run.took().toMillis() / 3.6e6);
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
