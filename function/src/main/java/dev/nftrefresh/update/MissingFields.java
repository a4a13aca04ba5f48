package dev.nftrefresh.update;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a token that has not all eight fields, of which only its id may not be null. */
final class MissingFields {
    private static final String ID = "write the token's id as a string of decimal digits";

    /** Made once, because a message of {@code [{},{},{},…]} says it for every three bytes. */
    private static final String ALL = made(EnumSet.allOf(TokenField.class));

    private MissingFields() {}

    /**
     * Names all fields but these, and says what to write for them, or which similar field is there instead.
     *
     * @param others the fields that are no token's, which may be one of the missing ones mistyped
     */
    static String fault(Set<TokenField> seen, Collection<String> others) {
        if (others.isEmpty()) {
            return known(seen);
        }
        Set<TokenField> rest = EnumSet.noneOf(TokenField.class);
        var faults = new ArrayList<String>();
        for (TokenField field : TokenField.values()) {
            String hint = seen.contains(field) ? null : hint(field.json(), others);
            if (hint != null) {
                faults.add(field.json() + " is missing" + hint);
            }
            if (hint != null || seen.contains(field)) {
                rest.add(field);
            }
        }
        if (rest.size() < TokenField.values().length) {
            faults.addFirst(known(rest));
        }
        return String.join("; ", faults);
    }

    /** What follows the sentence about a missing field; null if nothing that is there looks like it. */
    static @Nullable String hint(String field, Collection<String> others) {
        for (String other : others) {
            if (MistypedFieldName.isOf(field, other)) {
                return "; did you mean " + TextExcerpt.of(other, 100) + "? Rename it";
            }
        }
        return null;
    }

    private static String known(Set<TokenField> seen) {
        return seen.isEmpty() ? ALL : made(EnumSet.complementOf(EnumSet.copyOf(seen)));
    }

    private static String made(Set<TokenField> missing) {
        String names = missing.stream().map(TokenField::json).collect(Collectors.joining(", "));
        return names + (missing.size() == 1 ? " is" : " are") + " missing: " + advice(missing);
    }

    private static String advice(Set<TokenField> missing) {
        if (!missing.contains(TokenField.TOKEN_ID)) {
            return "write null where there is none";
        }
        return missing.size() == 1 ? ID : ID + ", and null for another field where there is none";
    }
}
