package dev.nftrefresh.local.fates;

import dev.nftrefresh.BulkParts;
import dev.nftrefresh.bulk.ObjectStore;
import dev.nftrefresh.bulk.StoredObject;
import dev.nftrefresh.local.fates.Death.Killed;
import dev.nftrefresh.local.fates.Mishap.Moment;
import dev.nftrefresh.table.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A process that loads. All its calls pass through here, so that it can be killed at any; then it makes no other. */
final class LoaderProcess {
    private final Mishap mishap;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable Killed killed;

    LoaderProcess(Mishap mishap) {
        this.mishap = mishap;
    }

    /** A call of something outside, the first of which has the number 1. */
    record Call(int number, String name) {}

    /** What it reaches outside. */
    BulkParts reaching(BulkParts outside) {
        return new BulkParts(
                through(ObjectStore.class, outside.store()),
                through(SqsClient.class, outside.sqs()),
                through(Table.class, outside.table()),
                outside.metrics(),
                outside.log(),
                outside.clock());
    }

    private <T> T through(Class<T> type, T outside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call(method, outside, arguments)));
    }

    private @Nullable Object call(Method method, Object outside, Object[] arguments) throws Throwable {
        live();
        var call = new Call(calls.incrementAndGet(), method.getName());
        underWay.incrementAndGet();
        try {
            comeTo(call, Moment.BEFORE);
            Object result = method.invoke(outside, arguments);
            comeTo(call, Moment.AFTER);
            return result instanceof StoredObject object ? slowly(object) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void comeTo(Call call, Moment moment) {
        live();
        try {
            mishap.at(call, moment);
        } catch (Killed now) {
            killed = now;
            throw now;
        }
    }

    private StoredObject slowly(StoredObject object) {
        return new StoredObject(
                new SlowContent(object.content(), this), object.size(), object.lastModified(), object.updatedAt());
    }

    /** Returns if it was not killed. */
    void live() {
        Killed then = killed;
        if (then != null) {
            throw then;
        }
    }

    /** Returns when no call is under way. */
    void awaitAnswers() {
        Until.holds("all calls are answered", () -> underWay.get() == 0, underWay::get);
        live();
    }

    /** How many calls it has made. */
    int calls() {
        return calls.get();
    }
}
