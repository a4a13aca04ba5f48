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
 * decide at once one has to read it again. Safe for use by many threads.
 */
public interface SharedTable {
    /**
     * Reads items, each as it is now. What cannot be read does not keep back the others.
     *
     * @param timeout how long the caller can wait; after that, what was not read yet is reported as unread
     */
    ReadResult read(Collection<ItemKey> keys, Duration timeout);

    /**
     * Reads the items of a partition, in the order of their names.
     *
     * @param timeout how long the caller can wait
     * @throws TableUnavailableException if they could not be read
     */
    Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) throws TableUnavailableException;

    /**
     * Writes items, each for itself and all at once; says in the same order what came of each.
     *
     * @param timeout how long the caller can wait; after that, it is unknown what was written
     */
    List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout);

    /**
     * What a read found.
     *
     * @param found the items that exist
     * @param unread the keys that could not be read, so that it is unknown whether they exist
     * @param reason why not, in one sentence; empty if all could be read
     */
    record ReadResult(Map<ItemKey, TableItem> found, Set<ItemKey> unread, String reason) {
        /** All that was asked for was read. */
        public static ReadResult of(Map<ItemKey, TableItem> found) {
            return new ReadResult(found, Set.of(), "");
        }

        /** Nothing could be read. */
        public static ReadResult allUnread(Collection<ItemKey> keys, String reason) {
            return new ReadResult(Map.of(), Set.copyOf(keys), reason);
        }

        /**
         * The item with this key, if there is one.
         *
         * @throws TableUnavailableException if it could not be read
         */
        public @Nullable TableItem get(ItemKey key) throws TableUnavailableException {
            if (unread.contains(key)) {
                throw new TableUnavailableException(reason, null);
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
    record ItemKey(String partition, String name) {}

    /**
     * An item.
     *
     * @param revision from 1; each write adds 1; 0 if somebody took it away by hand
     * @param content a text of its owner's
     */
    record TableItem(long revision, String content) {}

    /**
     * A write that succeeds only if nobody wrote since.
     *
     * @param seen the item as the writer knows it; null if it knows of none, and then none may exist
     * @param content the new text; null deletes the item
     * @param expires when the item may be forgotten; null if never
     */
    record ConditionalWrite(
            ItemKey key,
            @Nullable TableItem seen,
            @Nullable String content,
            @Nullable Instant expires) {}

    /** What came of a write. */
    sealed interface WriteResult {
        /** It is in the table. */
        record Succeeded() implements WriteResult {}

        /**
         * Somebody else wrote meanwhile; or the table did, if an answer was lost and the same write went twice.
         *
         * @param current the item as it is; null if there is none
         */
        record Conflict(@Nullable TableItem current) implements WriteResult {}

        /** Nobody knows whether it was written. */
        record Failed(String reason) implements WriteResult {}
    }
}
