package dev.nftrefresh.local.command;

import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInTotals;
import dev.nftrefresh.operator.InterruptSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh api}. */
@Command(
        name = "api",
        sortOptions = false,
        description = "Runs the stand-in for Immutable's refresh API alone, until Ctrl-C. Any key is good.")
final class ApiCommand implements Callable<Integer> {
    static final int HIGHEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--port",
            paramLabel = "N",
            required = true,
            description = "Where it listens on 127.0.0.1; 0 takes a free port.")
    private int port;

    @Mixin
    private final StandInOptions options = new StandInOptions();

    @Mixin
    private final FailOptions fail = new FailOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        var stopped = new CountDownLatch(1);
        try (var interruption = InterruptSignal.awaited();
                var standIn = start()) {
            interruption.calls(stopped::countDown);
            fail.apply(standIn.faults(), RandomGenerator.getDefault());
            standIn.whenAnswered(request -> {
                err.println(RequestLogLine.of(request));
                err.flush();
            });
            out.println("The stand-in for Immutable's API listens on " + standIn.baseUrl() + " until Ctrl-C.");
            out.flush();
            stopped.await();
            StandInTotals counts = standIn.counts();
            out.printf(
                    Locale.ROOT,
                    "%n%,d requests: %,d accepted with %,d tokens, %,d throttled, %,d that did not conform, %,d without "
                            + "a good key, %,d failed as asked for.%n",
                    counts.requests(),
                    counts.accepted(),
                    counts.tokensAccepted(),
                    counts.throttled(),
                    counts.nonconforming(),
                    counts.unauthorised(),
                    counts.faults());
            out.flush();
        }
        return 0;
    }

    private StandInRefreshApi start() throws IOException {
        fail.check();
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(command.commandLine(), "--port must be 0 to 65535, not " + port + ".");
        }
        try {
            return StandInRefreshApi.start(options.settings(), port, Clock.systemUTC());
        } catch (BindException _) {
            throw new ParameterException(
                    command.commandLine(), "Port " + port + " is taken; name another one, or 0 for any free one.");
        }
    }
}
