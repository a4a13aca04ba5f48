package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything outside of a loader, where each call can be stopped. */
final class ExternalServices {
    final InMemoryObjectStore store;
    final InMemoryTable table = new InMemoryTable();
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

    volatile CallInterceptor interceptor = CallInterceptor.OPEN;

    ExternalServices(InMemoryObjectStore store) {
        this.store = store;
    }

    /** What stands before each call. */
    interface CallInterceptor {
        CallInterceptor OPEN = new CallInterceptor() {};

        /** Before a call takes effect. */
        default void before(String call) throws IOException {}

        /** When it has taken effect, but nobody knows yet. */
        default void after(String call) throws IOException {}
    }

    /** What a call does. */
    private interface ExternalCall<T extends @Nullable Object> {
        T done() throws IOException;
    }

    private <T extends @Nullable Object> T call(String name, ExternalCall<T> deed) throws IOException {
        interceptor.before(name);
        T result = deed.done();
        interceptor.after(name);
        return result;
    }

    ObjectStore store() {
        return new ObjectStore() {
            @Override
            public @Nullable StoredObject open(ObjectVersionId id, long from) throws IOException {
                return ExternalServices.this.<@Nullable StoredObject>call(
                        "open at " + from, () -> store.open(id, from));
            }

            @Override
            public VersionState state(ObjectVersionId id) throws IOException {
                return call("state", () -> store.state(id));
            }

            @Override
            public void put(String bucket, String key, ObjectContent content) throws IOException {
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
                throw new ServiceUnavailableException(String.valueOf(e.getMessage()), e);
            }
        };
    }

    UploadNotificationQueue loadQueue() {
        return new UploadNotificationQueue() {
            @Override
            public void hide(String receiptHandle, Duration time) throws ServiceUnavailableException {
                try {
                    call("hide", () -> hidden.add(time));
                } catch (IOException e) {
                    throw new ServiceUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public void send(String notice, Duration delay, SqsCallDeadline deadline)
                    throws ServiceUnavailableException {
                try {
                    call("send notice", () -> settling.add(notice));
                } catch (IOException e) {
                    throw new ServiceUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }
        };
    }

    SharedTable table() {
        return new SharedTable() {
            @Override
            public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
                try {
                    return call("read", () -> table.read(keys, timeout));
                } catch (IOException e) {
                    return ReadResult.allUnread(keys, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout)
                    throws TableUnavailableException {
                try {
                    return call("read partition", () -> table.readPartition(partition, timeout));
                } catch (IOException e) {
                    throw new TableUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
                try {
                    return call("write", () -> table.write(writes, timeout));
                } catch (IOException e) {
                    return List.of(new WriteResult.Failed(String.valueOf(e.getMessage())));
                }
            }
        };
    }
}
