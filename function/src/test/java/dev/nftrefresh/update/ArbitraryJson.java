package dev.nftrefresh.update;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** JSON texts as odd as the grammar of RFC 8259 allows, written without the help of any JSON library. */
final class ArbitraryJson {
    private ArbitraryJson() {}

    static Arbitrary<String> space() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("")),
                Tuple.of(
                        1,
                        Arbitraries.of(" ", "\n", "\r\n", "\t")
                                .list()
                                .ofMaxSize(3)
                                .map(parts -> String.join("", parts))));
    }

    static Arbitrary<String> number() {
        Arbitrary<String> digits = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25)),
                Tuple.of(1, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(4_000)));
        Arbitrary<String> whole = digits.map(text -> text.replaceFirst("^0+(?=.)", ""));
        Arbitrary<String> fraction = Arbitraries.oneOf(Arbitraries.just(""), digits.map(text -> "." + text));
        Arbitrary<String> exponent = Arbitraries.oneOf(
                Arbitraries.just(""),
                Combinators.combine(
                                Arbitraries.of("e", "E", "e+", "E-"),
                                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(3))
                        .as(String::concat));
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
                .as((sign, w, f, e) -> sign + w + f + e);
    }

    private static Arbitrary<String> letter(boolean inName) {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange(' ', '~')
                .excludeChars('"', '\\')
                .ofLength(1);
        Arbitrary<String> wide = Arbitraries.integers()
                .between(0x7f, Character.MAX_CODE_POINT)
                .filter(code -> code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE)
                .map(Character::toString);
        Arbitrary<String> simple = Arbitraries.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t");
        // A lone surrogate in a name is the one thing that Jackson refuses though the grammar allows it.
        Arbitrary<String> escaped = Arbitraries.integers()
                .between(0, 0xffff)
                .filter(code -> !inName || !Character.isSurrogate((char) code.intValue()))
                .map("\\u%04x"::formatted);
        Arbitrary<String> pair = Arbitraries.integers()
                .between(0x10000, Character.MAX_CODE_POINT)
                .map(code -> "\\u%04X\\u%04x"
                        .formatted((int) Character.highSurrogate(code), (int) Character.lowSurrogate(code)));
        return Arbitraries.oneOf(plain, wide, simple, escaped, pair);
    }

    static Arbitrary<String> string() {
        return letter(false).list().ofMaxSize(12).map(letters -> '"' + String.join("", letters) + '"');
    }

    /** A name that differs from the eight, from {@code updated_at}, and by its number from others in the object. */
    private static Arbitrary<String> name() {
        return letter(true).list().ofMaxSize(6).map(letters -> String.join("", letters));
    }

    private static Arbitrary<String> scalar() {
        return Arbitraries.oneOf(
                number(), string(), Arbitraries.of("true", "false", "null", "[]", "{}", "[ ]", "{\n}"));
    }

    static Arbitrary<String> value() {
        return value(4);
    }

    private static Arbitrary<String> value(int depth) {
        if (depth == 0) {
            return scalar();
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> value(depth - 1));
        Arbitrary<String> array = inner.list()
                .ofMaxSize(4)
                .flatMap(values -> space().map(space ->
                        values.stream().collect(Collectors.joining(space + "," + space, "[" + space, space + "]"))));
        Arbitrary<String> object = members(inner, 4)
                .flatMap(members -> space().map(
                                space -> members.stream().collect(Collectors.joining("," + space, "{" + space, "}"))));
        return Arbitraries.frequencyOf(Tuple.of(3, scalar()), Tuple.of(1, array), Tuple.of(1, object));
    }

    /** Members of one object, none of whose names is another's. */
    static Arbitrary<List<String>> members(Arbitrary<String> values, int atMost) {
        return Combinators.combine(name(), space(), values)
                .as((name, space, value) -> List.of(name, space, value))
                .list()
                .ofMaxSize(atMost)
                .map(members -> {
                    var byName = new LinkedHashMap<String, String>();
                    for (List<String> member : members) {
                        String name = '"' + member.get(0) + "#" + byName.size() + '"';
                        byName.put(name, name + member.get(1) + ":" + member.get(1) + member.get(2));
                    }
                    return List.copyOf(byName.values());
                });
    }
}
