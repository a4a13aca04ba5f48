package dev.nftrefresh.local.outcomes;

import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.bulkload.StoredObject;
import dev.nftrefresh.local.outcomes.CallMishap.CallMoment;
import dev.nftrefresh.local.outcomes.ProcessKiller.KilledError;
import dev.nftrefresh.table.SharedTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A process that loads. All its calls pass through here, so that it can be killed at any; then it makes no other. */
final class LoaderProcess {
    private final CallMishap mishap;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable KilledError killed;

    LoaderProcess(CallMishap mishap) {
        this.mishap = mishap;
    }

    /** A call of something outside, the first of which has the number 1. */
    record ExternalCall(int number, String name) {}

    /** What it reaches outside. */
    BulkLoadFunctionDependencies reaching(BulkLoadFunctionDependencies outside) {
        return new BulkLoadFunctionDependencies(
                through(ObjectStore.class, outside.store()),
                through(SqsClient.class, outside.sqs()),
                through(SharedTable.class, outside.table()),
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
        var call = new ExternalCall(calls.incrementAndGet(), method.getName());
        underWay.incrementAndGet();
        try {
            comeTo(call, CallMoment.BEFORE);
            Object result = method.invoke(outside, arguments);
            comeTo(call, CallMoment.AFTER);
            return result instanceof StoredObject object ? slowly(object) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void comeTo(ExternalCall call, CallMoment moment) {
        live();
        try {
            mishap.at(call, moment);
        } catch (KilledError now) {
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
        KilledError then = killed;
        if (then != null) {
            throw then;
        }
    }

    /** Returns when no call is under way. */
    void awaitAnswers() {
        ConditionWait.holds("all calls are answered", () -> underWay.get() == 0, underWay::get);
        live();
    }

    /** How many calls it has made. */
    int calls() {
        return calls.get();
    }
}
