package dev.nftrefresh.local.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in words of the user's, not of the parser's. */
final class UsageErrors {
    private UsageErrors() {}

    /** One sentence: what is wrong, and what was probably meant. */
    static String sentence(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing when !missing.getMissing().isEmpty() -> missing(missing);
            case ParameterException none
            when isWithoutCommand(none) ->
                none.getCommandLine().getCommandName() + " needs a command: "
                        + String.join(
                                " or ", none.getCommandLine().getSubcommands().keySet()) + ".";
            default -> {
                String invalid = invalid(wrong);
                yield invalid == null ? String.valueOf(wrong.getMessage()) : invalid;
            }
        };
    }

    /** A command that is no more than the name of its subcommands is refused by the parser, with no type of its own. */
    private static boolean isWithoutCommand(ParameterException wrong) {
        return wrong.getCommandLine().getParent() != null
                && !wrong.getCommandLine().getSubcommands().isEmpty()
                && wrong.getArgSpec() == null;
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().getFirst();
        // Only the root has commands in the place of arguments.
        boolean isCommand = !unmatched.isUnknownOption()
                && !unmatched.getCommandLine().getSubcommands().isEmpty();
        if (!unmatched.isUnknownOption() && !isCommand) {
            return first + " is one argument too many for "
                    + unmatched.getCommandLine().getCommandName() + ".";
        }
        String none = "There is no %s %s".formatted(isCommand ? "command" : "option", first);
        List<String> meant = unmatched.getSuggestions().stream()
                .filter(name -> isNear(first, name))
                .toList();
        return none + (meant.isEmpty() ? "." : "; did you mean " + String.join(" or ", meant) + "?");
    }

    /** Of its suggestions, the parser gives all that share a few letters. */
    private static boolean isNear(String given, String name) {
        String bare = given.replaceFirst("=.*", "");
        return distance(bare.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3);
    }

    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }

    private static String missing(MissingParameterException missing) {
        // An option that was given without its value is told apart by the parser's message only.
        String message = String.valueOf(missing.getMessage());
        boolean isLeftOut =
                message.startsWith("Missing required option") || message.startsWith("Missing required parameter:");
        List<String> needed = missing.getMissing().stream()
                .sorted(Comparator.comparing(ArgSpec::isOption))
                .map(UsageErrors::usage)
                .toList();
        return isLeftOut
                ? missing.getCommandLine().getCommandName() + " needs " + listed(needed) + "."
                : "A value is missing: " + listed(needed) + ".";
    }

    private static String listed(List<String> needed) {
        int last = needed.size() - 1;
        return last == 0 ? needed.getFirst() : String.join(", ", needed.subList(0, last)) + " and " + needed.getLast();
    }

    private static String usage(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static @Nullable String invalid(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        String value = wrong.getValue();
        if (argument == null || value == null) {
            return null;
        }
        String expected = expected(argument.type());
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        if (expected == null && wrong.getCause() instanceof TypeConversionException unfit) {
            return name + " " + unfit.getMessage() + ".";
        }
        return expected == null ? null : name + " must be " + expected + ", not " + value + ".";
    }

    private static @Nullable String expected(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double", "BigDecimal" -> "a number";
            default -> null;
        };
    }
}
