package dev.nftrefresh.local.command;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that are given in seconds, decimals allowed. */
final class SecondsOption {
    private static final BigDecimal LONGEST_BATCHING_WINDOW = BigDecimal.valueOf(300);
    private static final BigDecimal A_YEAR = BigDecimal.valueOf(31_536_000);

    private SecondsOption() {}

    /** Of a quota: 0 is no time to share anything out over. */
    static Duration window(CommandSpec command, String option, BigDecimal seconds) {
        if (seconds.signum() <= 0 || seconds.compareTo(A_YEAR) > 0) {
            throw wrong(command, option + " must be above 0 seconds and at most a year, not " + seconds + ".");
        }
        return duration(seconds);
    }

    /** Of waiting for more messages, as long as Lambda allows. */
    static Duration batchingWindow(CommandSpec command, String option, BigDecimal seconds) {
        if (seconds.signum() < 0 || seconds.compareTo(LONGEST_BATCHING_WINDOW) > 0) {
            throw wrong(command, option + " must be 0 to 300 seconds, not " + seconds + ".");
        }
        return duration(seconds);
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private static ParameterException wrong(CommandSpec command, String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
