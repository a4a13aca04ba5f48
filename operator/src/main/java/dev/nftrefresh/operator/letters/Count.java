package dev.nftrefresh.operator.letters;

import java.util.Locale;

/** Numbers of things in words. */
final class Count {
    private Count() {}

    /** Such as {@code 1 letter} and {@code 2,500 letters}. */
    static String of(long number, String thing) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, thing);
    }
}
