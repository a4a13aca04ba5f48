package dev.nftrefresh.operator;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** A command on a deployed stack. */
public abstract class OperatorCommand implements Callable<Integer> {
    /** The answer is good news. */
    protected static final int WELL = 0;
    /** The answer is bad news. */
    protected static final int BAD_NEWS = 1;

    private static final int AWS_FAILED = 4;

    private final OperatorEnvironment environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            defaultValue = "nft-refresh-sandbox",
            description = "The stack. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String stackName;

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    protected OperatorCommand(OperatorEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        try (OperatorClients clients = environment.clients().get()) {
            return run(DeployedStack.find(clients.cloudFormation(), stackName), clients);
        } catch (OperatorException e) {
            return failed(e);
        } catch (SdkException e) {
            return failed(AwsFailures.of(e));
        }
    }

    /**
     * Does it.
     *
     * @return the exit status
     * @throws OperatorException if AWS refused or could not be reached
     */
    protected abstract int run(DeployedStack stack, OperatorClients clients) throws IOException, InterruptedException;

    /** In one sentence, with the right or setting that is missing. */
    protected static OperatorException explained(SdkException failure) {
        return AwsFailures.of(failure);
    }

    private int failed(OperatorException e) {
        TerminalOutput terminal = terminal();
        WrappedText.lines(
                        TerminalSafeText.line(e.getMessage()),
                        "",
                        terminal.interactive() ? terminal.columns() : TerminalWidth.UNLIMITED)
                .forEach(err()::println);
        return AWS_FAILED;
    }

    protected final OperatorEnvironment environment() {
        return environment;
    }

    /** What the output goes to. */
    protected final TerminalOutput terminal() {
        return TerminalOutput.of(System.console(), environment.variables());
    }

    protected final CommandSpec command() {
        return command;
    }

    protected final boolean json() {
        return json;
    }

    protected final PrintWriter out() {
        return command.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return command.commandLine().getErr();
    }
}
