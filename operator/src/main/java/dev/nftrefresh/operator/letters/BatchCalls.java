package dev.nftrefresh.operator.letters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/** Batch calls of SQS, each of whose entries may fail with HTTP 200. */
final class BatchCalls {
    /** Of one call. */
    static final int MOST_ENTRIES = 10;
    /** Why a letter was not treated when it was not SQS's answer; the command says more of that at its end. */
    static final String CALL_FAILED = "the call failed";
    /** Of an entry that fails by no fault of ours. */
    private static final int TRIES = 3;

    private BatchCalls() {}

    /**
     * Makes a call, and again for the entries that SQS failed to take by no fault of ours.
     *
     * @param entries at most ten, with equal ones nowhere among them
     * @param call is given some of them, and names what failed by its place there
     * @return why some were not taken in the end; empty if all were
     */
    static <T> Map<T, String> failures(List<T> entries, Function<List<T>, List<BatchResultErrorEntry>> call) {
        var failures = new LinkedHashMap<T, String>();
        List<T> left = entries;
        for (int tries = 1; !left.isEmpty(); tries++) {
            var again = new ArrayList<T>();
            for (BatchResultErrorEntry failed : call.apply(left)) {
                T entry = left.get(Integer.parseInt(failed.id()));
                if (Boolean.TRUE.equals(failed.senderFault()) || tries == TRIES) {
                    failures.put(entry, failed.code() + ": " + failed.message());
                } else {
                    again.add(entry);
                }
            }
            left = again;
        }
        return failures;
    }
}
