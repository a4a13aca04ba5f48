package dev.nftrefresh.local.command;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that are given in seconds, decimals allowed. */
final class Seconds {
    private static final BigDecimal A_YEAR = BigDecimal.valueOf(31_536_000);

    private Seconds() {}

    static Duration of(CommandSpec command, String option, BigDecimal seconds) {
        if (seconds.signum() <= 0 || seconds.compareTo(A_YEAR) > 0) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " must be above 0 seconds and at most a year, not " + seconds + ".");
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}
