package dev.nftrefresh;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Environment variables, which the template sets. */
record EnvironmentVariables(Map<String, String> byName) {
    String text(String name) {
        String value = byName.get(name);
        if (value == null || value.isBlank()) {
            throw wrong(name, "set");
        }
        return value;
    }

    /** Texts between commas, none if the variable is not set. */
    Set<String> textsIfSet(String name) {
        return Arrays.stream(byName.getOrDefault(name, "").split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException _) {
            throw wrong(name, "a number");
        }
    }

    /** A number that has a default. */
    double number(String name, double absent) {
        return byName.containsKey(name) ? number(name) : absent;
    }

    URI uri(String name) {
        try {
            return URI.create(text(name));
        } catch (IllegalArgumentException _) {
            throw wrong(name, "an address");
        }
    }

    /** One of these, written in lower case. */
    <E extends Enum<E>> E oneOf(String name, E[] values) {
        String value = text(name);
        return Arrays.stream(values)
                .filter(one -> lowerCase(one).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        Arrays.stream(values)
                                .map(EnvironmentVariables::lowerCase)
                                .collect(Collectors.joining(" or "))));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(
                "The environment variable %s must be %s: deploy template.yaml again, or correct the variable."
                        .formatted(name, expected));
    }
}
