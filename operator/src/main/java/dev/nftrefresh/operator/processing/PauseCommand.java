package dev.nftrefresh.operator.processing;

import dev.nftrefresh.operator.OperatorEnvironment;
import picocli.CommandLine.Command;

/** {@code ./nft-refresh pause}. */
@Command(
        name = "pause",
        sortOptions = false,
        description = "Stops a deployed stack: updates wait in its queues, for up to 14 days. Changes its parameter"
                + " Processing and nothing else, and ends when that has taken effect.")
public final class PauseCommand extends ProcessingCommand {
    public PauseCommand(OperatorEnvironment environment) {
        super(environment, "paused");
    }

    @Override
    String doing(String stack) {
        return "Pausing " + stack + ", which takes about a minute.";
    }

    @Override
    String done(String stack) {
        return stack
                + " is paused: updates wait in its queues until you resume it, for up to 14 days. What was received before ends"
                + " within a minute, a file within 15.";
    }

    @Override
    String already(String stack) {
        return stack + " was paused already.";
    }
}
