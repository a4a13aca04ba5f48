package dev.nftrefresh.operator.processing;

import dev.nftrefresh.operator.OperatorEnvironment;
import picocli.CommandLine.Command;

/** {@code ./nft-refresh resume}. */
@Command(
        name = "resume",
        sortOptions = false,
        description =
                "Lets a deployed stack that was paused go on. Changes its parameter Processing and nothing else, and"
                        + " ends when that has taken effect.")
public final class ResumeCommand extends ProcessingCommand {
    public ResumeCommand(OperatorEnvironment environment) {
        super(environment, "enabled");
    }

    @Override
    String doing(String stack) {
        return "Resuming " + stack + ", which takes about a minute.";
    }

    @Override
    String done(String stack) {
        return stack + " goes on: what waits in its queues is sent as the quota allows.";
    }

    @Override
    String already(String stack) {
        return stack + " was not paused.";
    }
}
