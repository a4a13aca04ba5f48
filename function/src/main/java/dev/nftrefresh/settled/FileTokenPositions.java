package dev.nftrefresh.settled;

import java.util.ArrayList;
import java.util.List;

/**
 * The positions of a message's tokens in their files, as the message's attribute holds them: {@code
 * 9f86d081884c7d65…:0-249}, and for tokens of several files one such text each, separated by spaces.
 */
public final class FileTokenPositions {
    /** The most tokens that a message may have. */
    private static final int MOST = 10_000;

    private FileTokenPositions() {}

    /** The attribute's text. */
    public static String text(List<FileTokenPosition> places) {
        var text = new StringBuilder();
        for (int i = 0; i < places.size(); ) {
            String file = places.get(i).file();
            var numbers = new ArrayList<Long>();
            while (i < places.size() && places.get(i).file().equals(file)) {
                numbers.add(places.get(i++).element());
            }
            text.append(text.isEmpty() ? "" : " ").append(file).append(':').append(ElementNumbers.text(numbers));
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote; no positions from any other text. */
    public static List<FileTokenPosition> of(String text) {
        try {
            var places = new ArrayList<FileTokenPosition>();
            for (String part : text.split(" ", -1)) {
                int colon = part.indexOf(':');
                String file = part.substring(0, colon);
                ElementNumbers.of(part.substring(colon + 1), MOST - places.size())
                        .forEach(element -> places.add(new FileTokenPosition(file, element)));
            }
            return List.copyOf(places);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return List.of();
        }
    }
}
