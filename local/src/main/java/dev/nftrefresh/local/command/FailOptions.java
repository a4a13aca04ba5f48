package dev.nftrefresh.local.command;

import dev.nftrefresh.local.api.FaultInjector;
import dev.nftrefresh.local.api.InjectedFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the stand-in for the API fails. */
final class FailOptions {
    private static final Map<String, InjectedFault> FAULTS = faults();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--fail",
            paramLabel = "HOW",
            description =
                    "Fail requests that conform: 401, 403, 404, 429, 500 or 503 answers so; hang never answers; cut "
                            + "closes the connection without an answer.")
    private @Nullable String how;

    @Option(
            names = "--fail-rate",
            paramLabel = "SHARE",
            description = "Which share of the requests fails, at random: 0.1 is one in ten. Default: 1, all of them.")
    private @Nullable Double share;

    private static Map<String, InjectedFault> faults() {
        Map<String, InjectedFault> faults = new LinkedHashMap<>();
        faults.put("401", InjectedFault.unauthorised());
        faults.put("403", InjectedFault.forbidden());
        faults.put("404", InjectedFault.notFound());
        faults.put("429", InjectedFault.throttledWithoutQuota());
        faults.put("500", InjectedFault.serverError());
        faults.put("503", InjectedFault.unavailable());
        faults.put("hang", InjectedFault.hang());
        faults.put("cut", InjectedFault.cut());
        return faults;
    }

    /** Refuses the command line unless the options make sense. */
    void check() {
        if (how == null && share != null) {
            throw wrong("--fail-rate " + share
                    + " is the share of --fail, which is not given; add --fail HOW, or leave " + "--fail-rate out.");
        }
        if (how != null && !FAULTS.containsKey(how)) {
            throw wrong("--fail must be 401, 403, 404, 429, 500, 503, hang or cut, not " + how + ".");
        }
        if (share != null && !(share > 0 && share <= 1)) {
            throw wrong("--fail-rate must be above 0 and at most 1, not " + share + ".");
        }
    }

    /** Makes the stand-in fail so from now on. */
    void apply(FaultInjector faults, RandomGenerator random) {
        InjectedFault fault = how == null ? null : FAULTS.get(how);
        if (fault != null) {
            double failing = share == null ? 1 : share;
            faults.whenever(_ -> random.nextDouble() < failing, fault);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
