package dev.nftrefresh.table;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What copies of the function share. An item is replaced only by who has seen its newest revision, so that of two who
 * decide at once one has to look again. Safe for use by many threads.
 */
public interface Table {
    /**
     * Reads items, each as it is now; those that do not exist are absent.
     *
     * @throws TableUnavailable if not all of them could be read
     */
    Map<Key, Item> read(Collection<Key> keys) throws TableUnavailable;

    /**
     * Reads the items of a partition, in the order of their names.
     *
     * @throws TableUnavailable if they could not be read
     */
    Map<Key, Item> readPartition(String partition) throws TableUnavailable;

    /** Writes items, each for itself and all at once; says in the same order what came of each. */
    List<Written> write(List<Write> writes);

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
     * @param revision from 1; each write adds 1
     * @param content a text of its owner's
     */
    record Item(long revision, String content) {}

    /**
     * A write that succeeds only if nobody wrote since.
     *
     * @param seen the item as the writer knows it; null if it knows of none, and then none may exist
     * @param content the new text; null deletes the item
     * @param expires when the item may be forgotten
     */
    record Write(Key key, @Nullable Item seen, @Nullable String content, Instant expires) {}

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
