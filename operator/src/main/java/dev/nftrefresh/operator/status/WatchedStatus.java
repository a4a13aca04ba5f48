package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A status that is shown again and again: on a terminal in the place of the one before, elsewhere below it. */
final class WatchedStatus {
    /** To the first line, and what stood there goes. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    private WatchedStatus() {}

    /**
     * The text.
     *
     * @param failure why there is no newer status; null if this is new
     */
    static String of(
            StackStatus status, @Nullable OperatorException failure, Duration betweenLooks, TerminalOutput terminal) {
        var end = new TextReport(terminal).blank();
        if (failure != null) {
            end.paragraph(Tone.BAD, "No newer figures: " + failure.getMessage());
        }
        end.paragraph(
                Tone.PLAIN,
                "As of %s. Shown again every %s; Ctrl-C ends it."
                        .formatted(ReadableTime.clock(status.at()), ReadableTime.duration(betweenLooks)));
        String text = StatusText.of(status, terminal) + end;
        return terminal.redraws() ? CLEAR + text : text + "\n";
    }
}
