package dev.nftrefresh.local.command;

import dev.nftrefresh.local.convert.ConvertCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.TerminalWidth;
import dev.nftrefresh.operator.letters.DeadLettersCommand;
import dev.nftrefresh.operator.letters.LetterCounts;
import dev.nftrefresh.operator.processing.PauseCommand;
import dev.nftrefresh.operator.processing.ResumeCommand;
import dev.nftrefresh.operator.status.StatusCommand;
import dev.nftrefresh.operator.token.TokenCommand;
import dev.nftrefresh.operator.upload.UploadCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code ./nft-refresh}. */
@Command(
        name = "nft-refresh",
        description = "Runs the NFT metadata refresh service on this machine, and looks at a deployed one.",
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
        OperatorEnvironment environment = OperatorEnvironment.ofThisProcess();
        commands.addSubcommand(new StatusCommand(environment, new LetterCounts.Reader(environment.clock())))
                .addSubcommand(new TokenCommand(environment))
                .addSubcommand(DeadLettersCommand.in(environment))
                .addSubcommand(new UploadCommand(environment))
                .addSubcommand(new PauseCommand(environment))
                .addSubcommand(new ResumeCommand(environment));
        withHelp(commands);
        withVersion(commands);
        commands.addSubcommand(new GenerateCompletion());
        commands.getSubcommands().values().forEach(Main::withHelp);
        NarrowHelp.install(commands, TerminalWidth.ofOutput(System.getenv()));
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::wrongUse)
                .setExecutionExceptionHandler(Main::failure);
    }

    private static void withHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") != null) {
            return;
        }
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(Main::withHelp);
    }

    private static void withVersion(CommandLine command) {
        command.getCommandSpec()
                .versionProvider(new ProjectVersion())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
    }

    private static int wrongUse(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        if (args.length == 0) {
            command.usage(command.getErr());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        command.getErr().println(TerminalSafeText.line(UsageErrors.sentence(wrong)));
        command.getErr().println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(TerminalSafeText.line("The run failed: " + failure));
        return FAILURE;
    }
}
