package dev.nftrefresh.local.command;

import dev.nftrefresh.local.convert.ConvertCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code ./nft-refresh}. */
@Command(
        name = "nft-refresh",
        description = "Runs the NFT metadata refresh service on this machine.",
        subcommands = {RunCommand.class, ApiCommand.class, CheckCommand.class, LoadCommand.class, ConvertCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final int FAILURE = 1;

    private Main() {}

    /** Runs a command; the exit status says how it went. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commands = new CommandLine(new Main());
        withHelp(commands);
        commands.getSubcommands().values().forEach(Main::withHelp);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUse)
                .setExecutionExceptionHandler(Main::failure);
    }

    private static void withHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
    }

    private static int wrongUse(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(TerminalText.line(String.valueOf(wrong.getMessage())));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(TerminalText.line("The run failed: " + failure));
        return FAILURE;
    }
}
