package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.SendingRate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The live messages that go beside a load. */
final class LiveMessageOptions {
    /** One message in 1,000 seconds: a slower rate is hardly meant, and a rate of 0 would never end. */
    private static final BigDecimal LOWEST = new BigDecimal("0.001");
    /** A message goes in a call of its own, and the machine waits by the millisecond. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000);

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--live",
            paramLabel = "FILE",
            description = "Queue the messages of this file, one a line as for `run`, beside the load, each once. The "
                    + "figures then say how long their updates waited, from the queue to the acceptance. Each event of "
                    + "theirs waits out the batching window, as on Lambda.")
    private @Nullable Path file;

    @Option(
            names = "--live-rate",
            paramLabel = "N",
            description = "How many messages of --live go a second: 0.001 to 1000, so 0.1 is one in 10 seconds. "
                    + "Default: 1.")
    private @Nullable String rate;

    /**
     * The options, if they make sense.
     *
     * @param file of messages
     * @param rate at which they go
     */
    record LiveMessageSource(Path file, SendingRate rate) {}

    /** Empty if nothing goes beside the load. */
    Optional<LiveMessageSource> live() {
        if (file == null) {
            if (rate != null) {
                throw wrong("--live-rate " + rate + " is the rate of --live, which is not given; add --live FILE, or "
                        + "leave --live-rate out.");
            }
            return Optional.empty();
        }
        MessageFileCheck.check(command, file);
        BigDecimal perSecond = perSecond(rate == null ? "1" : rate);
        Duration interval = Duration.ofNanos(
                NANOS.divide(perSecond, 0, RoundingMode.HALF_UP).longValueExact());
        return Optional.of(new LiveMessageSource(file, SendingRate.every(interval)));
    }

    private BigDecimal perSecond(String text) {
        try {
            var perSecond = new BigDecimal(text);
            if (perSecond.compareTo(LOWEST) >= 0 && perSecond.compareTo(HIGHEST) <= 0) {
                return perSecond;
            }
        } catch (NumberFormatException _) {
            // Told below, as any other number that cannot be.
        }
        throw wrong("--live-rate must be 0.001 to 1000 messages a second, not " + text + ".");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
