package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Items of tokens: read, changed, and written only if nobody wrote meanwhile; else changed anew from what is there then. */
final class TokenItems {
    /** Whoever loses a race looks again; and what may not have been written is written again. */
    private static final int ROUNDS = 4;

    private final Table table;
    private final TableTroubles troubles;
    private final TimeLeft time;
    private final List<TokenItem> items = new ArrayList<>();

    TokenItems(Table table, TableTroubles troubles, TimeLeft time) {
        this.table = table;
        this.troubles = troubles;
        this.time = time;
    }

    static Table.Key key(TokenKey token) {
        return new Table.Key("token " + token, "entry");
    }

    /** What came of a change. */
    enum Result {
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
    TokenItem add(TokenUpdate token, @Nullable Item item, UnaryOperator<TokenState> change) {
        TokenItem added = add(token, change);
        added.see(item);
        return added;
    }

    /** An item as it was when somebody looked: what it forbids now is forbidden only if it is still like that. */
    TokenItem addSeenBefore(TokenUpdate token, @Nullable Item item, UnaryOperator<TokenState> change) {
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
        tellUnreadable();
    }

    private void changeAll(Consumer<List<TokenItem>> before) {
        read();
        List<TokenItem> open = open();
        for (int round = 0; round < ROUNDS && !open.isEmpty() && !time.isOver(); round++) {
            before.accept(open);
            write(open());
            read();
            open = open();
        }
    }

    /** A line for all of them: a release that is rolled back leaves as many as it accepted tokens. */
    private void tellUnreadable() {
        tell(
                unreadable(true),
                "%d of %d items were written by a newer release of the function, such as \"%s\", so their tokens' updates "
                        + "wait: deploy that release.");
        tell(
                unreadable(false),
                "%d of %d items cannot be read, such as \"%s\", so their tokens' updates wait: correct the items. Deleting "
                        + "one forgets which update of its token is the newest, and an older one may overwrite it.");
    }

    private List<TokenItem> unreadable(boolean ofNewerRelease) {
        return items.stream()
                .filter(item -> item.result == Result.UNREADABLE && item.isOfNewerRelease() == ofNewerRelease)
                .toList();
    }

    private void tell(List<TokenItem> unreadable, String what) {
        if (!unreadable.isEmpty()) {
            troubles.tell(what.formatted(
                    unreadable.size(), items.size(), unreadable.getFirst().key().partition()));
        }
    }

    private List<TokenItem> open() {
        return items.stream()
                .filter(item -> item.state != null && item.result == Result.UNKNOWN)
                .toList();
    }

    private void read() {
        List<TokenItem> unseen = items.stream().filter(item -> item.isToBeRead).toList();
        if (!unseen.isEmpty() && !time.isOver()) {
            unseen.forEach(item -> item.isToBeRead = false);
            Table.Items found = table.read(unseen.stream().map(TokenItem::key).toList(), time.now());
            unseen.stream()
                    .filter(item -> !found.unread().contains(item.key()))
                    .forEach(item -> item.see(found.found().get(item.key())));
        }
    }

    private void write(List<TokenItem> open) {
        var changed = new ArrayList<TokenItem>();
        var writes = new ArrayList<Write>();
        for (TokenItem item : open) {
            TokenState next = item.change.apply(item.state());
            if (next.equals(item.state())) {
                item.unchanged();
            } else {
                changed.add(item);
                writes.add(new Write(item.key(), item.item, TokenStateText.of(next), null));
            }
        }
        if (!writes.isEmpty() && !time.isOver()) {
            List<Written> written = table.write(writes, time.now());
            for (int i = 0; i < written.size(); i++) {
                changed.get(i).written(writes.get(i), written.get(i));
            }
        }
    }

    /** One token's item, as it was seen last. */
    static final class TokenItem {
        private final TokenUpdate token;
        private final UnaryOperator<TokenState> change;
        private boolean isToBeRead = true;
        private boolean seenBefore;
        private @Nullable Item item;
        private @Nullable TokenState state;
        private boolean tried;
        private Result result = Result.UNKNOWN;

        private TokenItem(TokenUpdate token, UnaryOperator<TokenState> change) {
            this.token = token;
            this.change = change;
        }

        TokenUpdate token() {
            return token;
        }

        @Nullable
        Item item() {
            return item;
        }

        TokenState state() {
            return state == null ? TokenState.NONE : state;
        }

        /** Corrects what is changed; null if it cannot be found out. */
        void correct(@Nullable TokenState corrected) {
            state = corrected;
        }

        Result result() {
            return result;
        }

        /** Whether nobody knows if it was written. */
        boolean isInDoubt() {
            return tried && result == Result.UNKNOWN;
        }

        private Table.Key key() {
            return TokenItems.key(token.key());
        }

        private void unchanged() {
            if (seenBefore) {
                seenBefore = false;
                isToBeRead = true;
                state = null;
            } else {
                result = Result.DURABLE;
            }
        }

        private void see(@Nullable Item current) {
            isToBeRead = false;
            seenBefore = false;
            item = current;
            state = current == null ? TokenState.NONE : TokenStateText.read(current.content());
            if (state == null) {
                result = Result.UNREADABLE;
            }
        }

        private boolean isOfNewerRelease() {
            return item != null && TokenStateText.isOfNewerRelease(item.content());
        }

        private void written(Write write, Written written) {
            tried = true;
            switch (written) {
                case Written.Done() -> {
                    item = new Item(item == null ? 1 : item.revision() + 1, String.valueOf(write.content()));
                    result = Result.DURABLE;
                }
                case Written.Conflict(Item current) -> see(current);
                case Written.Failed _ -> {
                    // Tried again, it conflicts with itself if it was written.
                }
            }
        }
    }
}
