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

/** Items of tokens: read, changed, and written only if nobody wrote meanwhile; else changed anew from what is there then. */
final class TokenItemBatch {
    /** Whoever loses a race looks again; and what may not have been written is written again. */
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

    /** What came of a change. */
    enum ChangeResult {
        /** The item says what the change made of it. */
        DURABLE,
        /** Nobody knows: it could not be read or written, or others wrote again and again. */
        UNKNOWN,
        /** Somebody has to look at the item. */
        UNREADABLE
    }

    /** An item that has to be read first. */
    TokenItem add(TokenUpdate token, UnaryOperator<TokenState> change) {
        var item = new TokenItem(token, change);
        items.add(item);
        return item;
    }

    /** An item as its last writer knows it. */
    TokenItem add(TokenUpdate token, @Nullable TableItem item, UnaryOperator<TokenState> change) {
        TokenItem added = add(token, change);
        added.setCurrent(item);
        return added;
    }

    /** An item as it was when somebody looked: what it forbids now is forbidden only if it is still like that. */
    TokenItem addSeenBefore(TokenUpdate token, @Nullable TableItem item, UnaryOperator<TokenState> change) {
        TokenItem added = add(token, item, change);
        added.seenBefore = true;
        return added;
    }

    /**
     * Changes them all.
     *
     * @param before a change, what it is made of is handed there, and may be corrected
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

    /** A line for all of them: a release that is rolled back leaves as many as it accepted tokens. */
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

    /** One token's item, as it was seen last. */
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

        /** Corrects what is changed; null if it cannot be found out. */
        void correct(@Nullable TokenState corrected) {
            state = corrected;
        }

        ChangeResult result() {
            return result;
        }

        /** Whether nobody knows if it was written. */
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
                    // Tried again, it conflicts with itself if it was written.
                }
            }
        }
    }
}
