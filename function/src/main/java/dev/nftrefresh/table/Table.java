package dev.nftrefresh.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What copies of the function share. An item is replaced only by who has seen its newest revision, so that of two who
 * decide at once one has to look again. Safe for use by many threads.
 */
public interface Table {
    /**
     * Reads items, each as it is now. What cannot be read does not keep back the others.
     *
     * @param atMost how long the caller can wait; after that, what was not read yet is told as unread
     */
    Items read(Collection<Key> keys, Duration atMost);

    /**
     * Reads the items of a partition, in the order of their names.
     *
     * @param atMost how long the caller can wait
     * @throws TableUnavailable if they could not be read
     */
    Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable;

    /**
     * Writes items, each for itself and all at once; says in the same order what came of each.
     *
     * @param atMost how long the caller can wait; after that, nobody knows what was written
     */
    List<Written> write(List<Write> writes, Duration atMost);

    /**
     * What a read found.
     *
     * @param found the items that exist
     * @param unread the keys of which nobody knows whether they exist, as they could not be read
     * @param reason why not, in one sentence; empty if all could be read
     */
    record Items(Map<Key, Item> found, Set<Key> unread, String reason) {
        /** All that was asked for was read. */
        public static Items of(Map<Key, Item> found) {
            return new Items(found, Set.of(), "");
        }

        /** Nothing could be read. */
        public static Items unread(Collection<Key> keys, String reason) {
            return new Items(Map.of(), Set.copyOf(keys), reason);
        }

        /**
         * The item with this key, if there is one.
         *
         * @throws TableUnavailable if nobody knows, because it could not be read
         */
        public @Nullable Item get(Key key) throws TableUnavailable {
            if (unread.contains(key)) {
                throw new TableUnavailable(reason, null);
            }
            return found.get(key);
        }
    }

    /**
     * Where an item is.
     *
     * @param partition items of one partition are read together
     * @param name its name there
     */
    record Key(String partition, String name) {}

    /**
     * An item.
     *
     * @param revision from 1; each write adds 1; 0 if somebody took it away by hand
     * @param content a text of its owner's
     */
    record Item(long revision, String content) {}

    /**
     * A write that succeeds only if nobody wrote since.
     *
     * @param seen the item as the writer knows it; null if it knows of none, and then none may exist
     * @param content the new text; null deletes the item
     * @param expires when the item may be forgotten; null if never
     */
    record Write(
            Key key,
            @Nullable Item seen,
            @Nullable String content,
            @Nullable Instant expires) {}

    /** What came of a write. */
    sealed interface Written {
        /** It is in the table. */
        record Done() implements Written {}

        /**
         * Somebody else wrote meanwhile; or the table did, if an answer was lost and the same write went twice.
         *
         * @param current the item as it is; null if there is none
         */
        record Conflict(@Nullable Item current) implements Written {}

        /** Nobody knows whether it was written. */
        record Failed(String reason) implements Written {}
    }
}
