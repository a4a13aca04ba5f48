package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.sqs.QueueDepth;
import java.util.Locale;

/** What the progress of {@code run} says. */
final class RunLine {
    private RunLine() {}

    static String of(Figures figures, QueueDepth depth) {
        if (figures.messagesSent() == 0) {
            return String.format(Locale.ROOT, "%.0f s  %,d messages queued", figures.seconds(), depth.total());
        }
        return String.format(
                Locale.ROOT,
                "%.0f s  %,d/%,d accepted  %,d superseded  %,d rejected  %,d requests  %,d left",
                figures.seconds(),
                figures.tokensAccepted(),
                figures.tokensSent(),
                figures.tokensSuperseded(),
                figures.tokensRejected(),
                figures.requests(),
                depth.total());
    }
}
