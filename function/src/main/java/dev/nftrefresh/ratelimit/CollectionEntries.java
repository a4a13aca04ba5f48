package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import java.util.Map;
import java.util.function.Function;

/** Fields of the rate limiter's item that hold one entry for each collection: its address, an @, and the entry's text. */
final class CollectionEntries {
    private CollectionEntries() {}

    /** Adds the entries of this field, in their order. */
    static <T> void read(ItemFields fields, String name, Map<String, T> entries, Function<String, T> of) {
        for (String text : fields.texts(name)) {
            int at = text.indexOf('@');
            entries.put(text.substring(0, at), of.apply(text.substring(at + 1)));
        }
    }

    static void write(ItemFields fields, String name, Map<String, ?> entries) {
        fields.put(
                name,
                entries.entrySet().stream()
                        .map(entry -> entry.getKey() + "@" + entry.getValue())
                        .toList());
    }
}
