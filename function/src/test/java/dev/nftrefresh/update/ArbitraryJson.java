package dev.nftrefresh.update;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON texts as odd as the grammar of RFC 8259 allows, written without the help of any JSON library. */
final class ArbitraryJson {
    private static final String DIGITS = "0123456789";
    /** All of ASCII that can be seen, but for what has to be escaped. */
    private static final String PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + DIGITS + " !#$%&'()*+,-./:;<=>?@[]^_`{|}~";

    private ArbitraryJson() {}

    static String space(ChoiceSequence choices) {
        return choices.weighted(4, 1) == 0
                ? ""
                : String.join("", choices.listOf(0, 3, each -> each.oneOf(" ", "\n", "\r\n", "\t")));
    }

    static String number(ChoiceSequence choices) {
        String whole = digits(choices).replaceFirst("^0+(?=.)", "");
        String fraction = choices.flip() ? "." + digits(choices) : "";
        String exponent = choices.flip() ? choices.oneOf("e", "E", "e+", "E-") + choices.text(1, 3, DIGITS) : "";
        return choices.oneOf("", "-") + whole + fraction + exponent;
    }

    private static String digits(ChoiceSequence choices) {
        return choices.text(1, choices.weighted(20, 1) == 0 ? 25 : 4_000, DIGITS);
    }

    private static String letter(ChoiceSequence choices, boolean inName) {
        return switch (choices.below(5)) {
            case 0 -> choices.text(1, 1, PLAIN);
            case 1 -> {
                int code = choices.<Integer>suchThat(
                        any -> any < Character.MIN_SURROGATE || any > Character.MAX_SURROGATE,
                        each -> each.between(0x7f, Character.MAX_CODE_POINT));
                yield Character.toString(code);
            }
            case 2 -> choices.oneOf("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t");
            case 3 -> {
                // A lone surrogate in a name is the one thing that Jackson refuses though the grammar allows it.
                int code = choices.<Integer>suchThat(
                        any -> !inName || any < Character.MIN_SURROGATE || any > Character.MAX_SURROGATE,
                        each -> each.between(0, 0xffff));
                yield "\\u%04x".formatted(code);
            }
            default -> {
                int code = choices.between(0x10000, Character.MAX_CODE_POINT);
                yield "\\u%04X\\u%04x"
                        .formatted((int) Character.highSurrogate(code), (int) Character.lowSurrogate(code));
            }
        };
    }

    static String string(ChoiceSequence choices) {
        return '"' + String.join("", choices.listOf(0, 12, each -> letter(each, false))) + '"';
    }

    private static String scalar(ChoiceSequence choices) {
        return switch (choices.below(3)) {
            case 0 -> choices.oneOf("true", "false", "null", "[]", "{}", "[ ]", "{\n}");
            case 1 -> number(choices);
            default -> string(choices);
        };
    }

    static String value(ChoiceSequence choices) {
        return value(choices, 4);
    }

    private static String value(ChoiceSequence choices, int depth) {
        if (depth == 0) {
            return scalar(choices);
        }
        Function<ChoiceSequence, String> inner = each -> value(each, depth - 1);
        return switch (choices.weighted(3, 1, 1)) {
            case 0 -> scalar(choices);
            case 1 -> {
                String space = space(choices);
                yield "[" + space + String.join(space + "," + space, choices.listOf(0, 4, inner)) + space + "]";
            }
            default -> {
                String space = space(choices);
                yield "{" + space + String.join("," + space, members(choices, 4, inner)) + "}";
            }
        };
    }

    /** Members of one object, whose names differ from a token's own, and by their numbers from each other. */
    static List<String> members(ChoiceSequence choices, int timeout, Function<ChoiceSequence, String> value) {
        var members = new ArrayList<String>();
        choices.listOf(0, timeout, each -> {
            String name = String.join("", each.listOf(0, 6, inner -> letter(inner, true)));
            String space = space(each);
            return members.add('"' + name + "#" + members.size() + '"' + space + ":" + space + value.apply(each));
        });
        return members;
    }
}
