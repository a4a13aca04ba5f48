package dev.nftrefresh.bulk;

import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything outside of a loader, where each call can be stopped. */
final class Outside {
    final MemoryObjectStore store;
    final MemoryTable table = new MemoryTable();
    /** The bodies that the refresh queue took. */
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    /** The same, with where their tokens stand. */
    final List<PackedMessage> packed = Collections.synchronizedList(new ArrayList<>());
    /** Notices of loaded files. */
    final List<String> settling = Collections.synchronizedList(new ArrayList<>());
    /** How many messages each call had. */
    final List<Integer> calls = Collections.synchronizedList(new ArrayList<>());
    /** For how long the load's own message was hidden, one after the other. */
    final List<Duration> hidden = Collections.synchronizedList(new ArrayList<>());

    volatile Gate gate = Gate.OPEN;

    Outside(MemoryObjectStore store) {
        this.store = store;
    }

    /** What stands before each call. */
    interface Gate {
        Gate OPEN = new Gate() {};

        /** Before a call takes effect. */
        default void before(String call) throws IOException {}

        /** When it has taken effect, but nobody knows yet. */
        default void after(String call) throws IOException {}
    }

    /** What a call does. */
    private interface Deed<T extends @Nullable Object> {
        T done() throws IOException;
    }

    private <T extends @Nullable Object> T call(String name, Deed<T> deed) throws IOException {
        gate.before(name);
        T result = deed.done();
        gate.after(name);
        return result;
    }

    ObjectStore store() {
        return new ObjectStore() {
            @Override
            public @Nullable StoredObject open(ObjectId id, long from) throws IOException {
                return Outside.this.<@Nullable StoredObject>call("open at " + from, () -> store.open(id, from));
            }

            @Override
            public State state(ObjectId id) throws IOException {
                return call("state", () -> store.state(id));
            }

            @Override
            public void put(String bucket, String key, Content content) throws IOException {
                call("put " + key, () -> {
                    store.put(bucket, key, content);
                    return "";
                });
            }

            @Override
            public void delete(String bucket, String key) throws IOException {
                call("delete", () -> {
                    store.delete(bucket, key);
                    return "";
                });
            }
        };
    }

    RefreshQueue refreshQueue() {
        return (messages, _) -> {
            try {
                call("send", () -> {
                    calls.add(messages.size());
                    messages.forEach(message -> bodies.add(message.body()));
                    return packed.addAll(messages);
                });
            } catch (IOException e) {
                throw new Unavailable(String.valueOf(e.getMessage()), e);
            }
        };
    }

    LoadQueue loadQueue() {
        return new LoadQueue() {
            @Override
            public void hide(String receiptHandle, Duration time) throws Unavailable {
                try {
                    call("hide", () -> hidden.add(time));
                } catch (IOException e) {
                    throw new Unavailable(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public void send(String notice, Duration delay, SqsCallDeadline deadline) throws Unavailable {
                try {
                    call("send notice", () -> settling.add(notice));
                } catch (IOException e) {
                    throw new Unavailable(String.valueOf(e.getMessage()), e);
                }
            }
        };
    }

    Table table() {
        return new Table() {
            @Override
            public Items read(Collection<Key> keys, Duration atMost) {
                try {
                    return call("read", () -> table.read(keys, atMost));
                } catch (IOException e) {
                    return Items.unread(keys, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
                try {
                    return call("read partition", () -> table.readPartition(partition, atMost));
                } catch (IOException e) {
                    throw new TableUnavailable(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public List<Written> write(List<Write> writes, Duration atMost) {
                try {
                    return call("write", () -> table.write(writes, atMost));
                } catch (IOException e) {
                    return List.of(new Written.Failed(String.valueOf(e.getMessage())));
                }
            }
        };
    }
}
