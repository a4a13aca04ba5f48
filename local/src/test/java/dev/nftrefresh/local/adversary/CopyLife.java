package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.virtualtime.ActivityKilledError;
import dev.nftrefresh.local.virtualtime.VirtualActivity;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The life of one copy: every outgoing call is announced here first, and may be the copy's last. */
final class CopyLife {
    private final String name;
    private final VirtualTime time;
    private @Nullable VirtualActivity invocation;
    private volatile @Nullable Instant diedAt;
    private int callsLeft = Integer.MAX_VALUE;
    private volatile int fatalSqsCalls;
    private long salt;
    private int tableCalls;
    private int requests;

    CopyLife(String name, VirtualTime time) {
        this.name = name;
        this.time = time;
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return diedAt != null;
    }

    int tableCalls() {
        return tableCalls;
    }

    int requests() {
        return requests;
    }

    /** It works for this activity from now on, and what it called before does not count. */
    void begins(VirtualActivity activity) {
        invocation = activity;
        callsLeft = Integer.MAX_VALUE;
        fatalSqsCalls = 0;
        tableCalls = 0;
        requests = 0;
    }

    /** It crashes after so many more calls to the table, the API and the secret. */
    void dieAfter(int calls) {
        callsLeft = calls;
    }

    /** It crashes at some of its calls to SQS: so many in a hundred, chosen by this number. */
    void dieAtCallsOfSqs(int percent, long which) {
        fatalSqsCalls = percent;
        salt = which;
    }

    void callsTable() {
        tableCalls++;
        call();
    }

    void callsApi() {
        requests++;
        call();
    }

    void callsSecret() {
        call();
    }

    private void call() {
        if (callsLeft-- <= 0 && !isDead()) {
            die();
            VirtualActivity of = invocation;
            if (of != null && of != time.current()) {
                of.killAt(time.now());
                time.wake(of);
            } else {
                throw new ActivityKilledError();
            }
        }
    }

    /** May be called by any thread; the order makes no difference. */
    void callsSqs(long content) {
        if (fatalSqsCalls > 0 && HashedChance.percent(content + salt) < fatalSqsCalls) {
            die();
            throw new ActivityKilledError();
        }
    }

    void die() {
        if (diedAt == null) {
            diedAt = time.now();
        }
    }

    /** Whether it did anything after this moment: one that crashes at its next call did not. */
    boolean livedAfter(Instant moment) {
        Instant end = diedAt;
        return end == null || end.isAfter(moment);
    }
}
