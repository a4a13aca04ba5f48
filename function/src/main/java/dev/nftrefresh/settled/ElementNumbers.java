package dev.nftrefresh.settled;

import java.util.ArrayList;
import java.util.List;

/** Numbers of elements as a text of ranges, {@code 0-249,251}, in the order in which they are given. */
final class ElementNumbers {
    private ElementNumbers() {}

    static String text(List<Long> numbers) {
        var text = new StringBuilder();
        for (int i = 0; i < numbers.size(); ) {
            int end = i + 1;
            while (end < numbers.size() && numbers.get(end) == numbers.get(end - 1) + 1) {
                end++;
            }
            text.append(i == 0 ? "" : ",").append(numbers.get(i));
            if (end > i + 1) {
                text.append('-').append(numbers.get(end - 1));
            }
            i = end;
        }
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param most the most numbers that there may be
     * @throws IllegalArgumentException if it is not such a text
     */
    static List<Long> of(String text, int most) {
        var numbers = new ArrayList<Long>();
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
            if (first < 0 || last < first || last - first >= most - numbers.size()) {
                throw new IllegalArgumentException(range + " is no range of at most " + most + " elements");
            }
            for (long number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
