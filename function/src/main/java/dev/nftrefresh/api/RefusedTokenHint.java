package dev.nftrefresh.api;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds which tokens of the request an error message means. Immutable does not document how it names them, so these
 * forms are tried, and the first that occurs counts:
 *
 * <ol>
 *   <li>an index in {@code nft_metadata}: {@code nft_metadata[17].name}, {@code /nft_metadata/17/name}, {@code
 *       ["nft_metadata", 17, "name"]}
 *   <li>a labelled token id: {@code token_id "4711"}, {@code "token_id": "4711"}
 *   <li>an index in anything: {@code [17]}, {@code body.17.name}, {@code /17/name}
 *   <li>a token id of the request as a whole word
 * </ol>
 *
 * <p>It is a guess, to be verified by sending the named token alone. It reads the text once, and looks back only a few
 * characters at each number.
 */
public final class RefusedTokenHint {
    /** A message that names more tokens than this is no useful hint. */
    private static final int MOST_NAMED = 3;

    /** A message has 500 characters and details 4,096; a longer text is not read to its end. */
    private static final int LONGEST_TEXT = 8192;

    /** The 78 digits of the largest token id, and a few zeros before them. */
    private static final int MOST_DIGITS = 100;

    /** Quotes, brackets and the like may separate a name and its number: {@code ": [ "}. */
    private static final int LONGEST_GAP = 6;

    private static final List<String> PLACES = List.of("nft_metadata", "nftmetadata");
    private static final List<String> IDS = List.of("token_id", "tokenid", "token id", "token_ids", "token");
    /** A token contains a list, too. */
    private static final List<String> INNER_PLACES = List.of("attributes");

    private enum HintKind {
        PLACE_OF_TOKEN,
        NAMED_ID,
        ANY_PLACE,
        ANY_ID
    }

    private final Map<String, Integer> indexesByToken = new HashMap<>();
    private final int tokens;
    private final Map<HintKind, SortedSet<Integer>> found = new EnumMap<>(HintKind.class);

    private RefusedTokenHint(List<String> tokenIds) {
        tokens = tokenIds.size();
        for (int i = 0; i < tokens; i++) {
            indexesByToken.putIfAbsent(withoutZeros(tokenIds.get(i)), i);
        }
    }

    /**
     * The indexes in the request of the tokens that the error names, in ascending order; none if it names none, or more
     * than three.
     *
     * @param tokenIds of the request, in its order
     */
    public static List<Integer> named(ApiErrorResponse error, List<String> tokenIds) {
        return named(error.message(), error.details(), tokenIds);
    }

    static List<Integer> named(@Nullable String message, @Nullable String details, List<String> tokenIds) {
        var hint = new RefusedTokenHint(tokenIds);
        hint.search(message);
        hint.search(details);
        // In the order of the forms: a more certain one counts alone.
        return hint.found.values().stream()
                .findFirst()
                .filter(named -> named.size() <= MOST_NAMED)
                .map(List::copyOf)
                .orElse(List.of());
    }

    private void search(@Nullable String said) {
        if (said == null) {
            return;
        }
        String text = said.substring(0, Math.min(said.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end > at && end - at <= MOST_DIGITS) {
                number(text, at, end);
            }
            at = Math.max(end, at + 1);
        }
    }

    /** A whole number from here to there. */
    private void number(String text, int begin, int end) {
        if (isWordBefore(text, begin) || isWordAfter(text, end)) {
            return;
        }
        String digits = withoutZeros(text.substring(begin, end));
        String name = nameBefore(text, begin);
        if (endsWithAny(name, PLACES)) {
            addPlace(HintKind.PLACE_OF_TOKEN, digits);
            return;
        }
        if (isPlace(text, begin, end)) {
            if (!endsWithAny(name, INNER_PLACES)) {
                addPlace(HintKind.ANY_PLACE, digits);
            }
            return;
        }
        if (endsWithAny(name, IDS)) {
            addId(HintKind.NAMED_ID, digits);
        } else if (!isPartOfLonger(text, begin, end)) {
            addId(HintKind.ANY_ID, digits);
        }
    }

    private void addPlace(HintKind way, String digits) {
        // So few digits fit an int, and more are no index.
        if (digits.length() <= 6 && Integer.parseInt(digits) < tokens) {
            add(way, Integer.parseInt(digits));
        }
    }

    private void addId(HintKind way, String digits) {
        Integer place = indexesByToken.get(digits);
        if (place != null) {
            add(way, place);
        }
    }

    private void add(HintKind way, int place) {
        found.computeIfAbsent(way, _ -> new TreeSet<>()).add(place);
    }

    /** {@code [17]}, {@code .17.} or {@code /17/}, and not a part of {@code 1.17.0} or {@code 4/17/2024}. */
    private static boolean isPlace(String text, int begin, int end) {
        char before = begin > 0 ? text.charAt(begin - 1) : ' ';
        char after = end < text.length() ? text.charAt(end) : ' ';
        boolean digitBeyond = (begin > 1 && isDigit(text.charAt(begin - 2)))
                || (end + 1 < text.length() && isDigit(text.charAt(end + 1)));
        boolean inPath = (before == '.' || before == '/') && after == before && !digitBeyond;
        return inPath || (before == '[' && after == ']');
    }

    /** A piece of a decimal number, a date, a time of day or a trace id. */
    private static boolean isPartOfLonger(String text, int begin, int end) {
        return (begin > 1 && joins(text.charAt(begin - 1)) && isWord(text.charAt(begin - 2)))
                || (end + 1 < text.length() && joins(text.charAt(end)) && isWord(text.charAt(end + 1)));
    }

    private static boolean joins(char character) {
        return character == '.' || character == '-' || character == ':' || character == '/';
    }

    private static boolean isWordBefore(String text, int begin) {
        if (begin == 0 || !isWord(text.charAt(begin - 1))) {
            return false;
        }
        // The n of a line break that is written as \n does not count.
        return begin == 1 || text.charAt(begin - 2) != '\\' || "nrtbf".indexOf(text.charAt(begin - 1)) < 0;
    }

    private static boolean isWordAfter(String text, int end) {
        return end < text.length() && isWord(text.charAt(end));
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** The text before the quotes, brackets and the like before a number: enough of it to recognize its name. */
    private static String nameBefore(String text, int begin) {
        int end = begin;
        while (end > 0 && begin - end < LONGEST_GAP && " \"'`[](){}.,:;=/\\#<>".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(Math.max(0, end - 16), end);
    }

    private static boolean endsWithAny(String name, List<String> words) {
        return words.stream()
                .anyMatch(word -> name.endsWith(word)
                        && (name.length() == word.length() || !isWord(name.charAt(name.length() - word.length() - 1))));
    }

    private static String withoutZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }
}
