package dev.nftrefresh.local.command;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the stand-in for the API limits and answers. */
final class StandInOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The stand-in takes N refreshes in each window. Default: no limit.")
    private @Nullable Long limit;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long a window is. Default: ${DEFAULT-VALUE}.")
    private BigDecimal window = BigDecimal.ZERO;

    @Option(
            names = "--refill",
            paramLabel = "window|steady",
            defaultValue = "window",
            description = "Whether the limit comes back at a window's end or bit by bit. Default: ${DEFAULT-VALUE}.")
    private QuotaRefill refill = QuotaRefill.WINDOW;

    @Option(
            names = "--unit",
            paramLabel = "request|token",
            defaultValue = "request",
            description = "What the limit counts. Default: ${DEFAULT-VALUE}.")
    private StandInQuotaUnit unit = StandInQuotaUnit.REQUEST;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "How long the stand-in takes for each answer. Default: ${DEFAULT-VALUE}.")
    private long latency;

    StandInSettings settings() {
        if (limit != null && limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit must be 1 or more, not " + limit + ".");
        }
        if (latency < 0) {
            throw new ParameterException(command.commandLine(), "--latency must be 0 or more, not " + latency + ".");
        }
        return new StandInSettings(
                limit, SecondsOption.window(command, "--window", window), refill, unit, Duration.ofMillis(latency));
    }
}
