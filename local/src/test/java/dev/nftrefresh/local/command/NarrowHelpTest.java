package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NarrowHelpTest {
    private static CommandLine commands(int columns) {
        CommandLine commands = Main.commandLine();
        NarrowHelp.install(commands, columns);
        return commands;
    }

    private static void fit(CommandLine command, int columns) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help.lines())
                .as(command.getCommandSpec().qualifiedName())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        command.getCommandSpec().options().forEach(option -> assertThat(help).contains(option.longestName()));
        command.getSubcommands().keySet().forEach(name -> assertThat(help).contains(name));
        command.getSubcommands().values().forEach(below -> fit(below, columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {36, 40, 54})
    void theHelpOfEachCommandFitsANarrowTerminal(int columns) {
        fit(commands(columns), columns);
    }

    @ParameterizedTest
    @ValueSource(ints = {55, 80})
    void aTerminalThatIsWideEnoughHasTwoColumns(int columns) {
        CommandLine status =
                Objects.requireNonNull(commands(columns).getSubcommands().get("status"));

        assertThat(status.getUsageMessage(CommandLine.Help.Ansi.OFF))
                .contains("      --json         Print JSON, for scripts.\n");
    }
}
