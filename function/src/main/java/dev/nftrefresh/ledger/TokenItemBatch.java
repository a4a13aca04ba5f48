package dev.nftrefresh.ledger;

import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes items of tokens, and writes them only if no one else did meanwhile; otherwise repeats the change.
 */
final class TokenItemBatch {
    /** A copy that loses a race reads again; a write whose result is unknown is repeated. */
    private static final int MAX_ATTEMPTS = 4;

    private final SharedTable table;
    private final TableFailureListener failureListener;
    private final RemainingTime time;
    private final List<TokenItem> items = new ArrayList<>();

    TokenItemBatch(SharedTable table, TableFailureListener failureListener, RemainingTime time) {
        this.table = table;
        this.failureListener = failureListener;
        this.time = time;
    }

    static SharedTable.ItemKey key(TokenKey token) {
        return new SharedTable.ItemKey("token " + token, "entry");
    }

    /** The result of a change. */
    enum ChangeResult {
        /** The item holds the changed state. */
        DURABLE,
        /** Unknown: it could not be read or written, or others kept writing it. */
        UNKNOWN,
        /** Somebody must examine the item. */
        UNREADABLE
    }

    /** An item that must be read first. */
    TokenItem add(TokenUpdate token, UnaryOperator<TokenState> change) {
        var item = new TokenItem(token, change);
        items.add(item);
        return item;
    }

    /** An item as this copy wrote it last. */
    TokenItem add(TokenUpdate token, @Nullable TableItem item, UnaryOperator<TokenState> change) {
        TokenItem added = add(token, change);
        added.setCurrent(item);
        return added;
    }

    /** An item as it was read earlier: a denial based on it is valid only if the item has not changed. */
    TokenItem addSeenBefore(TokenUpdate token, @Nullable TableItem item, UnaryOperator<TokenState> change) {
        TokenItem added = add(token, item, change);
        added.seenBefore = true;
        return added;
    }

    /**
     * Changes all items.
     *
     * @param before receives each state before its change, and may correct it
     */
    void change(Consumer<List<TokenItem>> before) {
        changeAll(before);
        reportUnreadable();
    }

    private void changeAll(Consumer<List<TokenItem>> before) {
        read();
        List<TokenItem> open = open();
        for (int round = 0; round < MAX_ATTEMPTS && !open.isEmpty() && !time.isOver(); round++) {
            before.accept(open);
            write(open());
            read();
            open = open();
        }
    }

    /** Logs one line for all of them: a release that is rolled back leaves as many as it accepted tokens. */
    private void reportUnreadable() {
        report(
                unreadable(true),
                "%d of %d items were written by a newer release of the function, such as \"%s\", so their tokens' updates "
                        + "wait: deploy that release.");
        report(
                unreadable(false),
                "%d of %d items cannot be read, such as \"%s\", so their tokens' updates wait: correct the items. Deleting "
                        + "one forgets which update of its token is the newest, and an older one may overwrite it.");
    }

    private List<TokenItem> unreadable(boolean ofNewerRelease) {
        return items.stream()
                .filter(item -> item.result == ChangeResult.UNREADABLE && item.isOfNewerRelease() == ofNewerRelease)
                .toList();
    }

    private void report(List<TokenItem> unreadable, String what) {
        if (!unreadable.isEmpty()) {
            failureListener.report(what.formatted(
                    unreadable.size(), items.size(), unreadable.getFirst().key().partition()));
        }
    }

    private List<TokenItem> open() {
        return items.stream()
                .filter(item -> item.state != null && item.result == ChangeResult.UNKNOWN)
                .toList();
    }

    private void read() {
        List<TokenItem> unseen = items.stream().filter(item -> item.isToBeRead).toList();
        if (!unseen.isEmpty() && !time.isOver()) {
            unseen.forEach(item -> item.isToBeRead = false);
            SharedTable.ReadResult found =
                    table.read(unseen.stream().map(TokenItem::key).toList(), time.left());
            unseen.stream()
                    .filter(item -> !found.unread().contains(item.key()))
                    .forEach(item -> item.setCurrent(found.found().get(item.key())));
        }
    }

    private void write(List<TokenItem> open) {
        var changed = new ArrayList<TokenItem>();
        var writes = new ArrayList<ConditionalWrite>();
        for (TokenItem item : open) {
            TokenState next = item.change.apply(item.state());
            if (next.equals(item.state())) {
                item.unchanged();
            } else {
                changed.add(item);
                writes.add(new ConditionalWrite(item.key(), item.item, TokenStateJson.of(next), null));
            }
        }
        if (!writes.isEmpty() && !time.isOver()) {
            List<WriteResult> written = table.write(writes, time.left());
            for (int i = 0; i < written.size(); i++) {
                changed.get(i).written(writes.get(i), written.get(i));
            }
        }
    }

    /** One token's item, as it was read last. */
    static final class TokenItem {
        private final TokenUpdate token;
        private final SharedTable.ItemKey key;
        private final UnaryOperator<TokenState> change;
        private boolean isToBeRead = true;
        private boolean seenBefore;
        private @Nullable TableItem item;
        private @Nullable TokenState state;
        private boolean tried;
        private ChangeResult result = ChangeResult.UNKNOWN;

        private TokenItem(TokenUpdate token, UnaryOperator<TokenState> change) {
            this.token = token;
            this.key = TokenItemBatch.key(token.key());
            this.change = change;
        }

        TokenUpdate token() {
            return token;
        }

        @Nullable
        TableItem item() {
            return item;
        }

        TokenState state() {
            return state == null ? TokenState.NONE : state;
        }

        /** Corrects the state before its change; null if the correction cannot be read. */
        void correct(@Nullable TokenState corrected) {
            state = corrected;
        }

        ChangeResult result() {
            return result;
        }

        /** Whether the result of its write is unknown. */
        boolean isWriteUnconfirmed() {
            return tried && result == ChangeResult.UNKNOWN;
        }

        private SharedTable.ItemKey key() {
            return key;
        }

        private void unchanged() {
            if (seenBefore) {
                seenBefore = false;
                isToBeRead = true;
                state = null;
            } else {
                result = ChangeResult.DURABLE;
            }
        }

        private void setCurrent(@Nullable TableItem current) {
            isToBeRead = false;
            seenBefore = false;
            item = current;
            state = current == null ? TokenState.NONE : TokenStateJson.read(current.content());
            if (state == null) {
                result = ChangeResult.UNREADABLE;
            }
        }

        private boolean isOfNewerRelease() {
            return item != null && TokenStateJson.isOfNewerRelease(item.content());
        }

        private void written(ConditionalWrite write, WriteResult written) {
            tried = true;
            switch (written) {
                case WriteResult.Succeeded() -> {
                    item = new TableItem(item == null ? 1 : item.revision() + 1, String.valueOf(write.content()));
                    result = ChangeResult.DURABLE;
                }
                case WriteResult.Conflict(TableItem current) -> setCurrent(current);
                case WriteResult.Failed _ -> {
                    // If it was written, the repeated write conflicts with itself.
                }
            }
        }
    }
}
