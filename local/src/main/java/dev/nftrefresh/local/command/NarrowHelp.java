package dev.nftrefresh.local.command;

import dev.nftrefresh.operator.WrappedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help for terminals that are too narrow for picocli's two columns: a description stands below its option. */
final class NarrowHelp {
    /** Picocli takes no less. */
    private static final int LEAST_OF_PICOCLI = 55;

    private static final String INDENT = "  ";
    private static final String DEEPER = "      ";

    private final int columns;

    private NarrowHelp(int columns) {
        this.columns = columns;
    }

    /** Lets a command, and all below it, write help so. Terminals that are wide enough keep that of picocli. */
    static void install(CommandLine command, int columns) {
        if (columns >= LEAST_OF_PICOCLI) {
            return;
        }
        var help = new NarrowHelp(columns);
        Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, _ -> "");
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, section -> help.synopsis(section.commandSpec()));
        sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help::description);
        sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, section -> help.parameters(section.commandSpec()));
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, section -> help.options(section.commandSpec()));
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help::commands);
        command.setHelpSectionMap(sections);
        command.getSubcommands().values().forEach(below -> install(below, columns));
    }

    private String synopsis(CommandSpec command) {
        var words = new ArrayList<String>(List.of("Usage:", command.qualifiedName(), "[OPTIONS]"));
        command.options().stream()
                .filter(ArgSpec::required)
                .map(NarrowHelp::name)
                .forEach(words::add);
        command.positionalParameters().stream()
                .map(parameter -> parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]")
                .forEach(words::add);
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        return wrapped(String.join(" ", words), "", INDENT);
    }

    private String description(Help help) {
        return wrapped(
                String.join(" ", help.commandSpec().usageMessage().description())
                        .formatted(),
                "",
                "");
    }

    private String parameters(CommandSpec command) {
        var text = new StringBuilder();
        command.positionalParameters()
                .forEach(parameter -> text.append(entry(parameter.paramLabel(), parameter.description())));
        return text.toString();
    }

    private String options(CommandSpec command) {
        var text = new StringBuilder();
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> text.append(entry(name(option), option.description())));
        return text.toString();
    }

    private String commands(Help help) {
        var text = new StringBuilder();
        help.subcommands().forEach((name, command) -> {
            String[] description = command.commandSpec().usageMessage().description();
            text.append(entry(name, description));
        });
        return text.toString();
    }

    private String entry(String name, String... description) {
        return wrapped(name, INDENT, DEEPER)
                + wrapped(String.join(" ", description).formatted(), DEEPER, DEEPER);
    }

    private static String name(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private String wrapped(String text, String first, String others) {
        var lines = new StringBuilder();
        for (String line : WrappedText.lines(text, "", columns - others.length())) {
            lines.append(lines.isEmpty() ? first : others).append(line).append('\n');
        }
        return lines.toString();
    }
}
