package dev.nftrefresh.update;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of a token that has not all eight fields, of which only its id may not be null. */
final class MissingFields {
    private static final String ID = "write the token's id as a string of decimal digits";

    private MissingFields() {}

    /** Names all fields but these, and says what to write for them. */
    static String fault(Set<TokenField> seen) {
        Set<TokenField> missing = EnumSet.allOf(TokenField.class);
        missing.removeAll(seen);
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
